/** One line, or a band between two. */
export interface Series {
  readonly label: string;
  readonly colour: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The band's other edge. */
  readonly to?: readonly number[];
  readonly dashed?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** A tick in words; the number itself when left out. */
  readonly yWords?: (tick: number) => string;
  readonly series: readonly Series[];
}

const FRAME = { width: 640, height: 340, left: 64, right: 30, top: 56, bottom: 44 };
const TEXT = 'font-family="system-ui, sans-serif" font-size="12" fill="#333"';

/** A small SVG with one decimal: the same numbers give the same bytes. */
export const drawChart = ({
  title,
  xLabel,
  yLabel,
  xTicks,
  yTicks,
  yWords = String,
  series,
}: Chart): string => {
  const { width, height, left, right, top, bottom } = FRAME;
  const [x0, x1] = [Math.min(...xTicks), Math.max(...xTicks)];
  const [y0, y1] = [Math.min(...yTicks), Math.max(...yTicks)];
  const xAt = (x: number): string => (left + ((x - x0) / (x1 - x0)) * (width - left - right)).toFixed(1);
  const yAt = (y: number): string => {
    const inside = Math.min(y1, Math.max(y0, y));
    return (height - bottom - ((inside - y0) / (y1 - y0)) * (height - top - bottom)).toFixed(1);
  };
  const pointsOf = (x: readonly number[], y: readonly number[]): string[] =>
    x.map((at, i) => `${xAt(at)},${yAt(y[i] ?? 0)}`);
  const lines = series.map(({ colour, x, y, to, dashed }) =>
    to
      ? `<polygon points="${[...pointsOf(x, y), ...pointsOf(x, to).toReversed()].join(' ')}" fill="${colour}" fill-opacity="0.25"/>`
      : `<polyline points="${pointsOf(x, y).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`,
  );
  let keyAt = left;
  const keys = series.map(({ label, colour }) => {
    const at = keyAt;
    keyAt += 28 + 6.6 * label.length;
    return `<rect x="${at.toFixed(1)}" y="33" width="10" height="10" fill="${colour}"/><text x="${(at + 14).toFixed(1)}" y="42" ${TEXT}>${label}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="20" ${TEXT} font-weight="600">${title}</text>`,
    ...keys,
    ...yTicks.map(
      (tick) =>
        `<path d="M${left} ${yAt(tick)}H${width - right}" stroke="#ddd"/><text x="${left - 6}" y="${(Number(yAt(tick)) + 4).toFixed(1)}" text-anchor="end" ${TEXT}>${yWords(tick)}</text>`,
    ),
    ...xTicks.map(
      (tick) =>
        `<text x="${xAt(tick)}" y="${height - bottom + 16}" text-anchor="middle" ${TEXT}>${tick.toLocaleString('en')}</text>`,
    ),
    ...lines,
    `<text x="${width - right}" y="${height - 8}" text-anchor="end" ${TEXT}>${xLabel}</text>`,
    `<text x="${left}" y="${height - 8}" ${TEXT}>${yLabel}</text>`,
    '</svg>',
  ].join('\n')}\n`;
};
