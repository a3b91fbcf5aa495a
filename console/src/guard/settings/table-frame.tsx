import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#words';

interface TableFrameProps {
  /** Pixels; below, it scrolls sideways in its own place. */
  readonly minWidth: number;
  readonly titles: readonly string[];
  readonly children: ReactNode;
}

/** A short table whose rows end with what one may do. */
export const TableFrame = ({ minWidth, titles, children }: TableFrameProps) => {
  const { t } = useWords();
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {titles.map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
            <Table.Th aria-label={t('settings.team.actions')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
