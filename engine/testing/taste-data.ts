import type { TasteEvents } from '../src/recommend/interactions/index.ts';
import { findData } from './beside-the-project.ts';
import { instantOf, type RetailLine } from './online-retail.ts';

/** Training and test events with the same numbers of people and items; the test holds only those of the training. */
export interface TasteSplit {
  /** Number → name, in code-unit order (MovieLens: numeric order). */
  readonly people: readonly string[];
  readonly items: readonly string[];
  readonly train: TasteEvents;
  readonly test: TasteEvents;
}

const numbered = (
  names: Iterable<string>,
  compare: (a: string, b: string) => number,
): { readonly names: readonly string[]; readonly of: ReadonlyMap<string, number> } => {
  const sorted = [...new Set(names)].sort(compare);
  return { names: sorted, of: new Map(sorted.map((name, i) => [name, i])) };
};

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Lines before `trainBefore` for training; those from then on (and before `testBefore`), of people and items seen in
 * training, for the test. Weights are quantities, orders are invoices.
 */
export const splitRetail = (
  lines: readonly RetailLine[],
  { trainBefore, testBefore = '9999' }: { readonly trainBefore: string; readonly testBefore?: string },
): TasteSplit => {
  const train = lines.filter(({ at }) => at < trainBefore);
  const people = numbered(
    train.map(({ customer }) => customer),
    byCodeUnit,
  );
  const items = numbered(
    train.map(({ sku }) => sku),
    byCodeUnit,
  );
  const orders = numbered(
    lines.map(({ invoice }) => invoice),
    byCodeUnit,
  );
  const test = lines.filter(
    ({ at, customer, sku }) =>
      at >= trainBefore && at < testBefore && people.of.has(customer) && items.of.has(sku),
  );
  const eventsOf = (rows: readonly RetailLine[]): TasteEvents => ({
    people: people.names.length,
    items: items.names.length,
    person: Uint32Array.from(rows, ({ customer }) => people.of.get(customer) ?? 0),
    item: Uint32Array.from(rows, ({ sku }) => items.of.get(sku) ?? 0),
    order: Uint32Array.from(rows, ({ invoice }) => orders.of.get(invoice) ?? 0),
    atMs: Float64Array.from(rows, instantOf),
    weight: Float64Array.from(rows, ({ quantity }) => quantity),
  });
  return { people: people.names, items: items.names, train: eventsOf(train), test: eventsOf(test) };
};

/** What the reference does with MovieLens-100k: the case `movielens_100k_counts`. */
export const findMovieLens = (): TasteSplit | undefined => {
  const text = findData('movielens-100k/ml-100k.inter.gz');
  if (text === undefined) return undefined;
  const byPerson = new Map<string, { item: string; at: number }[]>();
  for (const line of text.split('\n').slice(1)) {
    const [person, item, rating, at] = line.trim().split('\t');
    if (person === undefined || item === undefined || !(Number(rating) >= 4)) continue;
    const liked = byPerson.get(person) ?? [];
    liked.push({ item, at: Number(at) });
    byPerson.set(person, liked);
  }
  const train: { person: string; item: string; at: number }[] = [];
  const test: typeof train = [];
  for (const [person, liked] of byPerson) {
    if (liked.length < 5) continue;
    liked.sort((a, b) => a.at - b.at || Number(a.item) - Number(b.item));
    const kept = liked.length - Math.ceil(0.2 * liked.length);
    for (const [k, one] of liked.entries()) (k < kept ? train : test).push({ person, ...one });
  }
  const numeric = (a: string, b: string): number => Number(a) - Number(b);
  const people = numbered(
    train.map(({ person }) => person),
    numeric,
  );
  const items = numbered(
    train.map(({ item }) => item),
    numeric,
  );
  const eventsOf = (rows: typeof train): TasteEvents => ({
    people: people.names.length,
    items: items.names.length,
    person: Uint32Array.from(rows, ({ person }) => people.of.get(person) ?? 0),
    item: Uint32Array.from(rows, ({ item }) => items.of.get(item) ?? 0),
    atMs: Float64Array.from(rows, ({ at }) => at * 1000),
  });
  const known = test.filter(({ item }) => items.of.has(item));
  return { people: people.names, items: items.names, train: eventsOf(train), test: eventsOf(known) };
};
