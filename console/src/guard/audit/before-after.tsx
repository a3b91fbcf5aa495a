import { Table, Text } from '@mantine/core';
import { useWords } from '#words';
import classes from './before-after.module.css';
import { asText, differences } from './difference.ts';

interface BeforeAfterProps {
  readonly before: unknown;
  readonly after: unknown;
}

/** Before and after side by side: only what differs. */
export const BeforeAfter = ({ before, after }: BeforeAfterProps) => {
  const { t } = useWords();
  const found = differences(before, after);
  if (before === null && after === null) return <Text size="sm">{t('audit.entry.nothing')}</Text>;
  if (found.length === 0) return <Text size="sm">{t('audit.entry.same')}</Text>;
  const value = (text: unknown) =>
    text === undefined ? (
      <Text size="xs" c="var(--mesure-quiet)">
        {t('audit.entry.unset')}
      </Text>
    ) : (
      <pre className={classes.value}>{asText(text)}</pre>
    );
  return (
    <>
      {before === null ? <Text size="sm">{t('audit.entry.created')}</Text> : null}
      {after === null ? <Text size="sm">{t('audit.entry.removed')}</Text> : null}
      <Table layout="fixed" withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('audit.entry.field')}</Table.Th>
            {before === null ? null : <Table.Th className={classes.cell}>{t('audit.entry.before')}</Table.Th>}
            {after === null ? null : <Table.Th className={classes.cell}>{t('audit.entry.after')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.map((one) => (
            <Table.Tr key={one.path}>
              <Table.Td className={classes.field}>{one.path}</Table.Td>
              {before === null ? null : <Table.Td className={classes.cell}>{value(one.before)}</Table.Td>}
              {after === null ? null : <Table.Td className={classes.cell}>{value(one.after)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
};
