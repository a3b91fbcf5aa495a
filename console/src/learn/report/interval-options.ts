import type { EChartsOption } from 'echarts';
import type { IntervalRow } from './interval-rows.ts';

/** Readable on white and on the dark ground (3:1), so that a downloaded chart keeps its colours. */
const inks = { higher: '#118a86', lower: '#d64545', not_yet: '#7a8593', none: '#7a8593' } as const;

interface PlotWords {
  readonly names: readonly string[];
  readonly axis: string;
  readonly value: (value: number) => string;
}

/** From end to end, zero always inside. */
const reach = (rows: readonly IntervalRow[]): readonly [number, number] => {
  const ends = rows.flatMap((row) => (row.kind === 'none' ? [] : [row.low, row.high]));
  if (ends.length === 0) return [-1, 1];
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const margin = (high - low) * 0.1;
  return [low - margin, high + margin];
};

/** Bars from low to high around a zero line. What has no answer is a dashed line from end to end: anything is possible. */
export const intervalOptions = (rows: readonly IntervalRow[], words: PlotWords): EChartsOption => {
  const [from, to] = reach(rows);
  return {
    grid: { left: 8, right: 24, top: 8, bottom: 32, containLabel: true },
    tooltip: { show: false },
    xAxis: {
      type: 'value',
      name: words.axis,
      nameLocation: 'middle',
      nameGap: 28,
      min: from,
      max: to,
      axisLabel: {
        // Without any answer there is no scale either.
        show: rows.some(({ kind }) => kind !== 'none'),
        formatter: words.value,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...words.names],
      axisLabel: { lineHeight: 16 },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        data: rows.map((row, index) =>
          row.kind === 'none' ? [index, from, to, 0] : [index, row.low, row.high, row.estimate],
        ),
        encode: { x: [1, 2, 3], y: 0 },
        renderItem: ({ dataIndex }, api) => {
          const row = rows[dataIndex];
          const at = (column: number) => api.coord([api.value(column), api.value(0)]);
          const [left, right, middle] = [at(1), at(2), at(3)];
          const y = middle[1] ?? 0;
          const [x1 = 0, x2 = 0, x = 0] = [left[0], right[0], middle[0]];
          const ink = inks[row?.kind ?? 'none'];
          if (row === undefined || row.kind === 'none')
            return {
              type: 'line',
              shape: { x1, y1: y, x2, y2: y },
              style: { stroke: ink, lineWidth: 1.5, lineDash: [2, 6] },
            };
          const open = row.kind === 'not_yet';
          return {
            type: 'group',
            children: [
              {
                type: 'rect',
                shape: { x: x1, y: y - 7, width: Math.max(2, x2 - x1), height: 14, r: 2 },
                style: {
                  fill: open ? 'transparent' : ink,
                  stroke: ink,
                  lineWidth: 1.5,
                  lineDash: open ? [5, 4] : 'solid',
                },
              },
              {
                type: 'line',
                shape: { x1: x, y1: y - 11, x2: x, y2: y + 11 },
                style: { stroke: open ? ink : '#ffffff', lineWidth: 2 },
              },
            ],
          };
        },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { type: 'solid', color: '#7a8593', width: 1.5 },
          data: [{ xAxis: 0 }],
        },
      },
    ],
  };
};
