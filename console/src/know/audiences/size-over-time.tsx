import { SegmentedControl, Text } from '@mantine/core';
import { type SegmentSize, segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { EChartsOption } from 'echarts';
import { useMemo } from 'react';
import { keepingBefore, queryOf } from '#platform/api';
import { formatChange, formatDate, formatInstant, formatNumber, formatTime } from '#platform/format';
import { Chart, ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { audienceRoute } from './routes.ts';
import { sizeFinding } from './size-finding.ts';

const DAY = 86_400_000;

const optionsOf = (sizes: readonly SegmentSize[], ruleChanged: string, people: string): EChartsOption => {
  const span = Date.parse(sizes.at(-1)?.at ?? '') - Date.parse(sizes[0]?.at ?? '');
  const days = span > 2 * DAY;
  return {
    xAxis: {
      type: 'time',
      minInterval: days ? DAY : 0,
      axisLabel: {
        hideOverlap: true,
        formatter: (at: number) => (days ? formatDate(new Date(at)) : formatTime(new Date(at))),
      },
    },
    yAxis: {
      type: 'value',
      name: people,
      min: 0,
      minInterval: 1,
      axisLabel: { formatter: (count: number) => formatNumber(count) },
    },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value) => formatNumber(Number(value)) },
    series: [
      {
        type: 'line',
        name: people,
        step: 'end',
        symbol: 'circle',
        symbolSize: 5,
        data: sizes.map(({ at, count }) => [at, count]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: ruleChanged, position: 'insideEndTop' },
          data: sizes.flatMap(({ at, ruleHash }, index) => {
            const before = sizes[index - 1];
            return before !== undefined && before.ruleHash !== ruleHash ? [{ xAxis: at }] : [];
          }),
        },
      },
    ],
  };
};

/** How the audience grew or shrank. */
export const SizeOverTime = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const { days = 90 } = audienceRoute.useSearch();
  const navigate = useNavigate({ from: audienceRoute.fullPath });
  const sizes = useQuery({
    ...queryOf(segmentsRoutes.listSegmentSizes, { params: { id }, query: { days } }),
    ...keepingBefore,
  });
  const items = sizes.data?.items;
  const options = useMemo(
    () => optionsOf(items ?? [], t('audiences.size.ruleChanged'), t('audiences.size.people')),
    [items, t],
  );
  const finding = sizeFinding(items ?? []);
  const title =
    finding.kind === 'none'
      ? t('audiences.size.none')
      : finding.kind === 'one'
        ? t('audiences.size.one', { count: finding.count })
        : t(`audiences.size.${finding.kind}`, {
            from: formatNumber(finding.from),
            to: formatNumber(finding.to),
            since: formatDate(finding.since),
            change: finding.change === null ? '' : ` (${formatChange(finding.change)})`,
          });
  return (
    <Panel
      title={t('audiences.size.title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('audiences.size.period')}
          value={String(days)}
          onChange={(next) => {
            const chosen = ([30, 90, 365] as const).find((each) => String(each) === next);
            void navigate({
              search: (before) => ({ ...before, days: chosen }),
              replace: true,
              resetScroll: false,
            });
          }}
          data={[30, 90, 365].map((each) => ({
            value: String(each),
            label: t('audiences.size.days', { count: each }),
          }))}
        />
      }
    >
      {sizes.error ? <ErrorNotice error={sizes.error} onRetry={() => void sizes.refetch()} /> : null}
      {items === undefined ? (
        sizes.error ? null : (
          <Loading lines={1} height={280} />
        )
      ) : items.length === 0 ? (
        <Text size="sm">{title}</Text>
      ) : (
        <Chart
          title={
            finding.kind !== 'none' && finding.kind !== 'one' && finding.ruleChanged
              ? `${title} ${t('audiences.size.otherRule')}`
              : title
          }
          options={options}
          fileName={t('audiences.size.title')}
          table={{
            head: [t('audiences.size.day'), t('audiences.size.people'), t('audiences.size.everybody')],
            rows: items.map(({ at, count, total }) => [
              formatInstant(at),
              formatNumber(count),
              formatNumber(total),
            ]),
          }}
        />
      )}
    </Panel>
  );
};
