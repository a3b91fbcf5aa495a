import { Autocomplete, Stack, Text } from '@mantine/core';
import { Stored } from '#know/people';

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly most: number;
  /** What a name means, where that is known. */
  readonly wordsOf?: (name: string) => string | undefined;
  readonly onChange: (name: string) => void;
}

/** The name of an event, a trait or a property: those that were seen here are offered, any other may be typed. */
export const NameField = ({ label, value, names, most, wordsOf, onChange }: NameFieldProps) => {
  const words = wordsOf?.(value);
  return (
    <Stack gap={2}>
      <Autocomplete
        size="xs"
        w={160}
        aria-label={label}
        placeholder={label}
        dir="auto"
        data={[...new Set(names)]}
        limit={100}
        maxLength={most}
        comboboxProps={{ width: 260, position: 'bottom-start' }}
        // Whoever opens the list wants to see what else there is, not only what is chosen.
        filter={({ options, search, limit }) => {
          const sought = search.toLocaleLowerCase();
          const all = names.includes(search)
            ? options
            : options.filter(
                (option) => 'value' in option && option.value.toLocaleLowerCase().includes(sought),
              );
          return all.slice(0, limit);
        }}
        renderOption={({ option }) => (
          <Stack gap={0}>
            <Text size="xs">
              <Stored>{option.value}</Stored>
            </Text>
            {wordsOf?.(option.value) ? (
              <Text size="xs" c="var(--mesure-quiet)">
                {wordsOf(option.value)}
              </Text>
            ) : null}
          </Stack>
        )}
        value={value}
        onChange={onChange}
      />
      {words ? (
        <Text size="xs" c="var(--mesure-quiet)">
          {words}
        </Text>
      ) : null}
    </Stack>
  );
};
