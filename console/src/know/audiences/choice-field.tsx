import { Select } from '@mantine/core';

interface ChoiceFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly width: number;
  readonly onChange: (value: V) => void;
}

/** One of a few words inside a condition. */
export const ChoiceField = <V extends string>(props: ChoiceFieldProps<V>) => {
  const { label, value, options, width, onChange } = props;
  return (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      allowDeselect={false}
      value={value}
      data={[...options]}
      onChange={(chosen) => {
        const found = options.find((one) => one.value === chosen);
        if (found && found.value !== value) onChange(found.value);
      }}
    />
  );
};
