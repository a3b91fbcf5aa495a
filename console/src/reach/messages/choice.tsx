import { SegmentedControl } from '@mantine/core';

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly (readonly [V, string])[];
  readonly onChange: (value: V) => void;
}

/** One of a few, all in sight. */
export const Choice = <V extends string>({ label, value, options, onChange }: ChoiceProps<V>) => (
  <SegmentedControl
    size="xs"
    aria-label={label}
    value={value}
    onChange={(next) => onChange(options.find(([key]) => key === next)?.[0] ?? value)}
    data={options.map(([key, word]) => ({ value: key, label: word }))}
  />
);
