import type { CampaignReportBody } from '@mesure/contract/report';
import { formatInstant, formatMoney, formatNumber, formatShare } from '#platform/format';
import { type Fact, Facts, Panel } from '#platform/kit';
import { useWords } from '#words';

/** What the figures rest on: the window, the draw, the cap, the confidence. */
export const MethodPanel = ({ report }: { readonly report: CampaignReportBody }) => {
  const { t } = useWords();
  const { window, sampleRatio, moneyCapMinor, currency, otherCurrencyOrders } = report;
  const ratio = (): string => {
    if (sampleRatio === null) return t('report.method.ratioNone');
    return sampleRatio.asPlanned ? t('report.method.ratioFine') : t('report.method.ratioWrong');
  };
  const facts: readonly Fact[] = [
    {
      name: t('report.method.window'),
      value: t('report.method.days', { count: window.days }),
      note:
        window.endsAt === null
          ? undefined
          : window.complete
            ? t('report.method.complete', { at: formatInstant(window.endsAt) })
            : t('report.method.until', { at: formatInstant(window.endsAt) }),
    },
    {
      name: t('report.method.ratio'),
      value: ratio(),
      note: sampleRatio
        ? t('report.method.pValue', { p: formatNumber(Math.round(sampleRatio.anytimePValue * 1000) / 1000) })
        : undefined,
    },
    {
      name: t('report.method.cap'),
      value: moneyCapMinor === null ? t('report.method.capNone') : formatMoney(moneyCapMinor, currency),
      note: t('report.method.capNote'),
    },
    {
      name: t('report.method.confidence'),
      value: formatShare(report.confidence),
      note: t('report.method.confidenceNote'),
    },
    ...(otherCurrencyOrders > 0
      ? [
          {
            name: t('report.method.currencies'),
            value: formatNumber(otherCurrencyOrders),
            note: t('report.method.currenciesNote', { currency }),
          },
        ]
      : []),
    { name: t('report.method.asOf'), value: formatInstant(report.asOf) },
  ];
  return (
    <Panel title={t('report.method.title')}>
      <Facts facts={facts} />
    </Panel>
  );
};
