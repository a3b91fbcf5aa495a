import { carriersOf, dailyBuckets, fitForecast, fitHistory } from '../../../src/trend/index.ts';
import { findRetail, isProduct, isSale } from '../../../testing/online-retail.ts';
import { median } from './detection.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2010, 11, 1);
const DAYS = 274;
const WEDNESDAY = 2;
/** Items with fewer order lines in nine months are left out. */
const LEAST_LINES = 20;

interface Line {
  readonly item: string;
  readonly day: number;
  readonly person: number;
}

/** Order lines that are sales of goods with a known day; undefined where the data are not beside the project. */
const readLines = (): readonly Line[] | undefined =>
  findRetail()
    ?.filter((line) => isSale(line) && isProduct(line))
    .map(({ sku, at, customer }) => ({
      item: sku.toUpperCase(),
      day: Math.floor((Date.parse(`${at.slice(0, 10)}T00:00:00Z`) - START_MS) / DAY_MS),
      person: Number(customer) || 0,
    }))
    .filter(({ day }) => day >= 0 && day < DAYS);

const countBy = (lines: readonly Line[], series: readonly string[]): Float64Array => {
  const place = new Map(series.map((item, i) => [item, i]));
  const counts = new Float64Array(DAYS * series.length);
  for (const { item, day } of lines) {
    const i = place.get(item);
    if (i !== undefined) counts[day * series.length + i] = (counts[day * series.length + i] as number) + 1;
  }
  return counts;
};

/** Signals of items a month, who carries the rises, and forecasts of all lines and of the items sold most. */
export const retailFigures = () => {
  const lines = readLines();
  if (!lines) return undefined;
  const totals = new Map<string, number>();
  for (const { item } of lines) totals.set(item, (totals.get(item) ?? 0) + 1);
  const items = [...totals]
    .filter(([, lineCount]) => lineCount >= LEAST_LINES)
    .toSorted((a, b) => b[1] - a[1])
    .map(([item]) => item);
  const counts = countBy(lines, items);
  const open = new Uint8Array(DAYS);
  for (const { day } of lines) open[day] = 1;
  // A closed day masks all; an item is not counted before it was first sold.
  const buckets = dailyBuckets({ firstWeekday: WEDNESDAY, days: DAYS }).map((bucket, day) => ({
    ...bucket,
    exposure: open[day] as number,
  }));
  items.forEach((_, i) => {
    for (let day = 0; day < DAYS && counts[day * items.length + i] === 0; day++)
      counts[day * items.length + i] = Number.NaN;
  });
  const options = { series: items.length };
  const { opened } = fitHistory({ options, buckets, counts });
  const lineCounts = new Float64Array(DAYS);
  for (const { day } of lines) lineCounts[day] = (lineCounts[day] as number) + 1;
  const shares = buckets.map((bucket, day) => ({ ...bucket, exposure: (lineCounts[day] as number) / 1000 }));
  const relative = fitHistory({ options, buckets: shares, counts }).opened;
  const byItem = Map.groupBy(lines, ({ item }) => item);
  const breadth = { one: 0, few: 0, many: 0 };
  for (const signal of opened.filter(({ direction }) => direction === 'rise')) {
    const own = byItem.get(items[signal.series] as string) ?? [];
    const people = (from: number, to: number) => ({
      key: own
        .filter(({ day, person }) => person > 0 && day >= from && day <= to)
        .map(({ person }) => person),
    });
    const now = people(signal.since.estimate, signal.bucket);
    const answer = carriersOf({
      now,
      before: people(signal.since.estimate - 56, signal.since.estimate - 1),
      expected: Math.max(1e-3, signal.expected * (now.key.length / signal.observed)),
    });
    if (answer.kind === 'carriers') breadth[answer.breadth] += 1;
  }
  const forecasts = [undefined, ...items.slice(0, 60)].map((item) => {
    const values = new Float64Array(DAYS);
    for (const line of item ? (byItem.get(item) ?? []) : lines)
      values[line.day] = (values[line.day] as number) + 1;
    open.forEach((isOpen, day) => {
      if (isOpen === 0) values[day] = Number.NaN;
    });
    return fitForecast({ values, period: 7, horizon: 14 });
  });
  const [whole, ...each] = forecasts;
  const losses = each.flatMap((made) => ('backtest' in made ? [made.backtest] : []));
  return {
    items: items.length,
    signals: opened.length,
    rises: opened.filter(({ direction }) => direction === 'rise').length,
    perThousandMonths: (1000 * opened.length) / (items.length * ((DAYS - 28) / 30)),
    relative: relative.length,
    breadth,
    whole:
      whole && 'backtest' in whole ? { kind: whole.kind, name: whole.name, ...whole.backtest } : undefined,
    refused: each.filter((made) => made.kind === 'no_answer').length / each.length,
    mase: median(losses.map(({ model }) => model.mase)),
    naive: median(losses.map(({ naive }) => naive.mase)),
    coverage80: losses.reduce((sum, { coverage80 }) => sum + coverage80, 0) / losses.length,
    coverage95: losses.reduce((sum, { coverage95 }) => sum + coverage95, 0) / losses.length,
  };
};
