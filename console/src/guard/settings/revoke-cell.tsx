import { Button, Table } from '@mantine/core';

interface RevokeCellProps {
  readonly text: string;
  /** The same with what it is of, for whoever does not see the row. */
  readonly label: string;
  readonly onRevoke: () => void;
}

/** The end of a row of what can be taken back: an invitation, a key. */
export const RevokeCell = ({ text, label, onRevoke }: RevokeCellProps) => (
  <Table.Td ta="end">
    <Button size="compact-sm" variant="subtle" color="red" aria-label={label} onClick={onRevoke}>
      {text}
    </Button>
  </Table.Td>
);
