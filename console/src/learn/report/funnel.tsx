import { Table } from '@mantine/core';
import type { CampaignReportBody } from '@mesure/contract/report';
import { formatNumber, formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { funnelSteps } from './funnel-steps.ts';
import classes from './report.module.css';

export const Funnel = ({ report }: { readonly report: CampaignReportBody }) => {
  const { t } = useWords();
  return (
    <Panel title={t('report.funnel.title')} hint={t('report.funnel.hint')}>
      <Table>
        <Table.Tbody>
          {funnelSteps(report).map(({ step, people, share }) => (
            <Table.Tr key={step}>
              <Table.Th className={classes.step}>{t(`report.funnel.${step}`)}</Table.Th>
              <Table.Td className={classes.wide} aria-hidden>
                <div className={classes.length} style={{ width: `${String(share * 100)}%` }} />
              </Table.Td>
              <Table.Td ta="end" className={classes.number}>
                {formatNumber(people)}
              </Table.Td>
              <Table.Td ta="end" className={classes.number}>
                {formatShare(share)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
};
