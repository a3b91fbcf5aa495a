import { Table, Text } from '@mantine/core';
import type { CampaignReportBody } from '@mesure/contract/report';
import { Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { type IntervalRow, intervalRows } from './interval-rows.ts';
import { comparisonName, rowWords, verdictWords } from './interval-words.ts';

const tones = { higher: 'good', lower: 'bad', not_yet: 'neutral', none: 'neutral' } as const;

const key = ({ treatment, control }: IntervalRow): string => `${treatment} ${control}`;

/** Every comparison in words: buyers and money, each as a range, never as one number alone. */
export const ComparisonTable = ({ report }: { readonly report: CampaignReportBody }) => {
  const { t } = useWords();
  const { comparisons, currency } = report;
  if (comparisons.length === 0) return null;
  const columns = (
    [
      ['conversion', 'absolute'],
      ['conversion', 'relative'],
      ['revenue', 'absolute'],
      ['revenue', 'relative'],
    ] as const
  ).map(([measure, scale]) => ({ measure, scale, rows: intervalRows(comparisons, measure, scale) }));
  const [first] = columns;
  return (
    <Panel title={t('report.compared.title')} hint={t('report.compared.hint')}>
      <Table.ScrollContainer minWidth={640}>
        <Table style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('report.table.comparison')}</Table.Th>
              <Table.Th>{t('report.table.verdictBuyers')}</Table.Th>
              {columns.map(({ measure, scale }) => (
                <Table.Th key={`${measure} ${scale}`}>{t(`report.axis.${measure}.${scale}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(first?.rows ?? []).map((row, index) => (
              <Table.Tr key={key(row)}>
                <Table.Th>{comparisonName(row)}</Table.Th>
                <Table.Td miw={120}>
                  <StateBadge tone={tones[row.kind]}>{verdictWords(row)}</StateBadge>
                  {row.kind !== 'none' && row.exact ? (
                    <Text size="xs" c="var(--mesure-quiet)">
                      {t('report.exact')}
                    </Text>
                  ) : null}
                </Table.Td>
                {columns.map(({ measure, scale, rows }) => {
                  const cell = rows[index];
                  return (
                    <Table.Td key={`${measure} ${scale}`}>
                      {cell ? rowWords(cell, { measure, scale, currency }) : ''}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
};
