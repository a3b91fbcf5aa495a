import { Table, Text } from '@mantine/core';
import type { CampaignReportBody } from '@mesure/contract/report';
import { formatMoney, formatNumber, formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { armName } from './interval-words.ts';

const columns = ['assigned', 'sent', 'clicked', 'left', 'buyers', 'orders', 'revenue', 'perPerson'] as const;

/** Each arm with everybody who was drawn into it, whatever was sent to them. */
export const ArmsTable = ({ report }: { readonly report: CampaignReportBody }) => {
  const { t } = useWords();
  const { arms, currency } = report;
  const anonymous = arms.reduce((sum, { clicksWithoutPerson }) => sum + clicksWithoutPerson, 0);
  return (
    <Panel title={t('report.arms.title')} hint={t('report.arms.hint')}>
      <Table.ScrollContainer minWidth={760}>
        <Table style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('report.arms.arm')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column} ta="end">
                  {t(`report.arms.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {arms.map((arm) => {
              const of = (people: number): string =>
                arm.assigned > 0 ? ` (${formatShare(people / arm.assigned)})` : '';
              const written = arm.kind === 'variant';
              return (
                <Table.Tr key={arm.key}>
                  <Table.Th>
                    {armName(arm.key)}
                    {arm.plannedShare === null ? null : (
                      <Text size="xs" c="var(--mesure-quiet)">
                        {t('campaigns.review.planned', { share: formatShare(arm.plannedShare) })}
                      </Text>
                    )}
                  </Table.Th>
                  <Table.Td ta="end">{formatNumber(arm.assigned)}</Table.Td>
                  <Table.Td ta="end">{written ? formatNumber(arm.sends['accepted'] ?? 0) : '–'}</Table.Td>
                  <Table.Td ta="end">
                    {written ? `${formatNumber(arm.clickedPeople)}${of(arm.clickedPeople)}` : '–'}
                  </Table.Td>
                  <Table.Td ta="end">{written ? formatNumber(arm.unsubscribed) : '–'}</Table.Td>
                  <Table.Td ta="end">
                    {formatNumber(arm.orderedPeople)}
                    {of(arm.orderedPeople)}
                  </Table.Td>
                  <Table.Td ta="end">{formatNumber(arm.orders)}</Table.Td>
                  <Table.Td ta="end">{formatMoney(arm.revenueMinor, currency)}</Table.Td>
                  <Table.Td ta="end">
                    {arm.assigned > 0
                      ? formatMoney(Math.round(arm.revenueMinor / arm.assigned), currency)
                      : '–'}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="var(--mesure-quiet)">
        {t('report.arms.note')} {anonymous > 0 ? t('report.arms.anonymous', { count: anonymous }) : ''}
      </Text>
    </Panel>
  );
};
