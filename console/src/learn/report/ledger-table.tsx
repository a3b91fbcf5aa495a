import { Alert, Table } from '@mantine/core';
import type { CampaignReportBody } from '@mesure/contract/report';
import { sendState } from '@mesure/contract/sends';
import { Fragment } from 'react';
import { formatNumber } from '#platform/format';
import { Panel } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useWords } from '#words';

/** Everybody of the audience in one place each; blocked people by what blocked them. */
export const LedgerTable = ({ report }: { readonly report: CampaignReportBody }) => {
  const { t } = useWords();
  const { ledger } = report;
  const rows = [
    ...sendState.options.map((state) => ({
      key: state,
      words: t(`campaigns.send.${state}`),
      people: ledger.states[state] ?? 0,
      reasons: state === 'blocked' ? ledger.blocked : [],
    })),
    { key: 'holdout', words: t('report.arm.holdout'), people: ledger.holdout, reasons: [] },
    { key: 'global', words: t('report.arm.global_holdout'), people: ledger.globalHoldout, reasons: [] },
  ].filter(({ people }) => people > 0);
  return (
    <Panel title={t('report.ledger.title')} hint={t('report.ledger.hint')}>
      <Table style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Tbody>
          {rows.map(({ key, words, people, reasons }) => (
            <Fragment key={key}>
              <Table.Tr>
                <Table.Th>{words}</Table.Th>
                <Table.Td ta="end">{formatNumber(people)}</Table.Td>
              </Table.Tr>
              {reasons.map(({ reason, people }) => (
                <Table.Tr key={reason}>
                  <Table.Td pl="xl">{reasonWords(reason)}</Table.Td>
                  <Table.Td ta="end" c="var(--mesure-quiet)">
                    {formatNumber(people)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>{t('report.ledger.sum')}</Table.Th>
            <Table.Th ta="end">{formatNumber(ledger.audience)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
      {ledger.unaccounted === 0 ? null : (
        <Alert color="red" role="alert">
          {t('campaigns.progress.unaccounted', { count: ledger.unaccounted })}
        </Alert>
      )}
    </Panel>
  );
};
