import { Select } from '@mantine/core';

interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

interface OptionGroup<V extends string> {
  readonly group: string;
  readonly items: readonly Option<V>[];
}

interface FilterSelectProps<V extends string> {
  readonly label: string;
  /** What is shown while nothing is chosen. */
  readonly unchosen: string;
  readonly options: readonly (Option<V> | OptionGroup<V>)[];
  readonly value: V | undefined;
  readonly onChange: (value: V | undefined) => void;
  /** For more options than one sees at once. */
  readonly searchable?: boolean;
}

/** One filter of a list: one of some, or none. */
export const FilterSelect = <V extends string>(props: FilterSelectProps<V>) => {
  const { label, unchosen, options, value, onChange, searchable = false } = props;
  const single = options.flatMap((one) => ('items' in one ? one.items : [one]));
  return (
    <Select
      aria-label={label}
      placeholder={unchosen}
      flex="1 1 150px"
      maw={240}
      clearable
      searchable={searchable}
      limit={200}
      data={options.map((one) => ('items' in one ? { ...one, items: [...one.items] } : one))}
      value={value ?? null}
      onChange={(chosen) => onChange(single.find((one) => one.value === chosen)?.value)}
    />
  );
};
