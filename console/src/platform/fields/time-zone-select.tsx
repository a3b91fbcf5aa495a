import { Select, type SelectProps } from '@mantine/core';
import { foundByWords } from './found-by-words.ts';

/** Names that people look for and that the list of the browser leaves out because they are links to others. */
const alsoKnown = ['America/Montreal', 'UTC'];

const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), ...alsoKnown])].toSorted();

type TimeZoneSelectProps = Omit<SelectProps, 'data' | 'searchable' | 'filter' | 'limit'>;

/** An IANA time zone, found by typing its city. */
export const TimeZoneSelect = (props: TimeZoneSelectProps) => {
  const { value } = props;
  const known =
    typeof value === 'string' && value !== '' && !zones.includes(value) ? [value, ...zones] : zones;
  return (
    <Select
      {...props}
      data={known.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      filter={foundByWords}
      searchable
      allowDeselect={false}
      limit={80}
      autoComplete="off"
    />
  );
};
