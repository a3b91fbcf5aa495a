import { describe, expect, it } from 'vitest';
import { findData, findOracle } from '../../testing/beside-the-project.ts';
import { collectPurchases, type Purchases, popularity, rebuyScores, topItems } from './index.ts';

const MONTHS = [
  '2010-12',
  '2011-01',
  '2011-02',
  '2011-03',
  '2011-04',
  '2011-05',
  '2011-06',
  '2011-07',
  '2011-08',
];
const oracle = findOracle('recommend.json');
const files = MONTHS.map((month) => findData(`online-retail/${month}.csv.gz`));
const here = oracle !== undefined && files.every((text) => text !== undefined);

interface Row {
  readonly invoice: string;
  readonly sku: string;
  readonly at: string;
  readonly customer: string;
}

/** The cleaning rules of the reference: see the case `online_retail_counts`. Descriptions may hold commas in quotes. */
const cleanRows = (text: string): Row[] => {
  const rows: Row[] = [];
  for (const line of text.split('\n').slice(1)) {
    const cells = line
      .trim()
      .replace(/"(?:[^"]|"")*"/g, 'quoted')
      .split(',');
    if (cells.length < 8) continue;
    const [invoice, sku, , quantity, at, price, customer] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    if (
      customer === '' ||
      Number(quantity) <= 0 ||
      Number(price) <= 0 ||
      invoice.startsWith('C') ||
      !/^\d{5}/.test(sku)
    )
      continue;
    rows.push({ invoice, sku, at, customer });
  }
  return rows;
};

const purchasesOf = (
  rows: readonly Row[],
  people: ReadonlyMap<string, number>,
  items: ReadonlyMap<string, number>,
): Purchases => {
  const orders = new Map<string, number>();
  const orderOf = (invoice: string): number => {
    const known = orders.get(invoice) ?? orders.size;
    orders.set(invoice, known);
    return known;
  };
  return collectPurchases({
    people: people.size,
    items: items.size,
    person: Uint32Array.from(rows, (row) => people.get(row.customer) as number),
    item: Uint32Array.from(rows, (row) => items.get(row.sku) as number),
    order: Uint32Array.from(rows, (row) => orderOf(row.invoice)),
    atMs: Float64Array.from(rows, (row) => Date.parse(`${row.at.replace(' ', 'T')}Z`)),
  });
};

const indexOf = (values: Iterable<string>): Map<string, number> =>
  new Map([...new Set(values)].sort((a, b) => (a < b ? -1 : 1)).map((value, i) => [value, i]));

const gain = (rank: number): number => 1 / Math.log2(rank + 2);

const evaluate = (options: {
  readonly train: Purchases;
  readonly test: Purchases;
  readonly newOnly: boolean;
  readonly scores: (person: number) => Float64Array;
}): Record<string, number> => {
  const { train, test } = options;
  const sums = { recall20: 0, ndcg10: 0, users: 0 };
  const covered = new Set<number>();
  for (let u = 0; u < train.people; u++) {
    const had = new Set(train.item.subarray(train.start[u], train.start[u + 1]));
    const wanted = new Set(test.item.subarray(test.start[u], test.start[u + 1]));
    if (options.newOnly) for (const item of had) wanted.delete(item);
    if (wanted.size === 0) continue;
    const scores = options.scores(u);
    if (options.newOnly) for (const item of had) scores[item] = Number.NEGATIVE_INFINITY;
    const top = topItems(scores, 20);
    for (const item of top) covered.add(item);
    sums.users += 1;
    sums.recall20 += top.filter((item) => wanted.has(item)).length / wanted.size;
    let ideal = 0;
    for (let rank = 0; rank < Math.min(10, wanted.size); rank++) ideal += gain(rank);
    sums.ndcg10 +=
      top.slice(0, 10).reduce((sum, item, rank) => sum + (wanted.has(item) ? gain(rank) : 0), 0) / ideal;
  }
  return {
    users: sums.users,
    'recall@20': sums.recall20 / sums.users,
    'ndcg@10': sums.ndcg10 / sums.users,
    'coverage@20': covered.size,
  };
};

describe.runIf(here)('UCI Online Retail against the reference', () => {
  const rows = here ? files.flatMap((text) => cleanRows(text ?? '')) : [];
  const trainRows = rows.filter((row) => row.at < '2011-07-01');
  const people = indexOf(trainRows.map((row) => row.customer));
  const items = indexOf(trainRows.map((row) => row.sku));
  const testRows = rows.filter(
    (row) => row.at >= '2011-07-01' && people.has(row.customer) && items.has(row.sku),
  );
  const expectedOf = (name: string): Readonly<Record<string, number>> =>
    oracle?.find((found) => found.name === name)?.expected as Readonly<Record<string, number>>;

  it('has the counts of the reference', () => {
    const expected = expectedOf('online_retail_counts');
    expect(rows.length).toBe(expected.clean_rows);
    expect(trainRows.length).toBe(expected.train_rows);
    expect(people.size).toBe(expected.train_customers);
    expect(items.size).toBe(expected.train_items);
    expect(purchasesOf(trainRows, people, items).item.length).toBe(expected.train_pairs);
  });

  it.each([
    ['ALL', 'POP'],
    ['NEW', 'POP'],
    ['ALL', 'REBUY'],
  ])('%s %s', (task, model) => {
    const train = purchasesOf(trainRows, people, items);
    const popular = popularity(train);
    const found = evaluate({
      train,
      test: purchasesOf(testRows, people, items),
      newOnly: task === 'NEW',
      scores: (person) =>
        model === 'POP' ? Float64Array.from(popular) : rebuyScores(train, popular, person),
    });
    const expected = expectedOf(`online_retail_${task}_${model}`);
    expect(found.users).toBe(expected.users);
    expect(Math.abs((found['recall@20'] as number) - (expected['recall@20'] as number))).toBeLessThan(5e-4);
    expect(Math.abs((found['ndcg@10'] as number) - (expected['ndcg@10'] as number))).toBeLessThan(5e-4);
    expect(Math.abs((found['coverage@20'] as number) / (expected['coverage@20'] as number) - 1)).toBeLessThan(
      0.02,
    );
  });
});
