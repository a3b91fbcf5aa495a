import { Group, SegmentedControl, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { CampaignReportBody } from '@mesure/contract/report';
import { useMemo } from 'react';
import { Chart, Panel } from '#platform/kit';
import { useWords } from '#words';
import { intervalOptions } from './interval-options.ts';
import { intervalRows, type Measure, type Scale } from './interval-rows.ts';
import { armName, comparisonName, rowWords, valueWords, verdictWords } from './interval-words.ts';

interface IntervalPlotProps {
  readonly report: CampaignReportBody;
  readonly measure: Measure;
  readonly scale: Scale;
  readonly onChange: (shown: { measure?: Measure; scale?: Scale }) => void;
}

/** Pixels: below, the names beside the bars would leave no room for them. */
const NARROW = 560;

export const IntervalPlot = ({ report, measure, scale, onChange }: IntervalPlotProps) => {
  const { t, i18n } = useWords();
  const { comparisons, currency } = report;
  const { ref, width } = useElementSize();
  const narrow = width > 0 && width < NARROW;
  const unit = useMemo(() => ({ measure, scale, currency }), [measure, scale, currency]);
  const rows = useMemo(() => intervalRows(comparisons, measure, scale), [comparisons, measure, scale]);
  const options = useMemo(
    () =>
      intervalOptions(rows, {
        names: rows.map((row) =>
          narrow
            ? `${armName(row.treatment)}
${verdictWords(row)}`
            : `${comparisonName(row)}
${verdictWords(row)} · ${rowWords(row, unit)}`,
        ),
        axis: t(`report.axis.${measure}.${scale}`),
        value: (value) => valueWords(value, unit),
      }),
    // The words follow the language.
    [rows, unit, narrow, t, i18n.language],
  );
  const main = rows[0];
  if (!main)
    return (
      <Panel title={t('report.plot.title')}>
        <Text size="sm">{t('report.plot.nothing')}</Text>
      </Panel>
    );
  return (
    <Panel
      title={t('report.plot.title')}
      hint={t('report.plot.hint')}
      actions={
        <Group gap="xs" data-screen-only>
          <SegmentedControl
            size="xs"
            aria-label={t('report.plot.measure')}
            value={measure}
            onChange={(value) => onChange({ measure: value })}
            data={(['conversion', 'revenue'] as const).map((value) => ({
              value,
              label: t(`report.measure.${value}`),
            }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('report.plot.scale')}
            value={scale}
            onChange={(value) => onChange({ scale: value })}
            data={(['absolute', 'relative'] as const).map((value) => ({
              value,
              label: t(`report.scale.${value}`),
            }))}
          />
        </Group>
      }
    >
      <div ref={ref}>
        <Chart
          title={t('report.plot.says', {
            comparison: comparisonName(main),
            verdict: verdictWords(main),
            interval: rowWords(main, unit),
            unit: t(`report.axis.${measure}.${scale}`),
          })}
          options={options}
          height={90 + rows.length * 56}
          fileName={t('report.file', { name: report.campaign.name })}
          table={{
            head: [
              t('report.table.comparison'),
              t('report.table.verdict'),
              t('report.table.low'),
              t('report.table.estimate'),
              t('report.table.high'),
            ],
            rows: rows.map((row) => [
              comparisonName(row),
              verdictWords(row),
              ...(row.kind === 'none'
                ? [rowWords(row, unit), '–', '–']
                : [row.low, row.estimate, row.high].map((value) => valueWords(value, unit))),
            ]),
          }}
        />
      </div>
    </Panel>
  );
};
