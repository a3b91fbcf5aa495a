import { checkCount, checkFinite, checkLength, engineError } from '../../errors/index.ts';

/** Rows: who (or which item) was counted how often; a key may come in several rows. */
export interface CarrierCounts {
  readonly key: ArrayLike<number>;
  /** Whole numbers >= 0; 1 each unless said. */
  readonly count?: ArrayLike<number>;
}

export interface CarriersInput {
  /** Since the change began. */
  readonly now: CarrierCounts;
  /** A usual time before. */
  readonly before: CarrierCounts;
  /** What was expected since the change began, in all (a signal's `expected`); > 0. */
  readonly expected: number;
  /** Keys that a broad change needs to carry half of it (default 5). */
  readonly fewerThan?: number;
  /** Keys listed (default 10). */
  readonly top?: number;
}

export interface Carrier {
  readonly key: number;
  readonly observed: number;
  /** The key's part of what was expected, by its part of the time before. */
  readonly expected: number;
  /** (observed - expected) over that of all; the sum over all keys is 1. */
  readonly share: number;
}

export interface Carriers {
  readonly kind: 'carriers';
  readonly observed: number;
  readonly expected: number;
  /** Largest parts of the change first; equal ones by key. */
  readonly top: readonly Carrier[];
  /** Fewest keys that together make half of the change. */
  readonly carryingHalf: number;
  /** Inverse Simpson index of the parts that go along with the change: (Σ e)²/Σ e². */
  readonly effective: number;
  /** observed/expected without the first carrier. */
  readonly ratioWithoutFirst: number;
  /** Who carries half of the change: one key, fewer than `fewerThan`, or many. One person is not a trend. */
  readonly breadth: 'one' | 'few' | 'many';
}

/** `no_change`: as many as expected · `no_past`: nothing before to know the usual parts from. */
export interface NoCarriers {
  readonly kind: 'no_answer';
  readonly reason: 'no_change' | 'no_past';
}

/** Half, less what rounding can take from a sum of shares. */
const HALF = 0.5 - 1e-9;

/** Counts by key. O(rows). */
const sumByKey = ({ key, count }: CarrierCounts): Map<number, number> => {
  if (count) checkLength('count', count.length, key.length);
  const sums = new Map<number, number>();
  for (let row = 0; row < key.length; row++) {
    const own = checkCount('key', key[row] as number);
    sums.set(own, (sums.get(own) ?? 0) + (count ? checkCount('count', count[row] as number) : 1));
  }
  return sums;
};

const totalOf = (sums: ReadonlyMap<number, number>): number => {
  let total = 0;
  for (const value of sums.values()) total += value;
  return total;
};

/**
 * Which people (or items) carry a change: observed minus expected by key. O(rows + keys log keys); the order of the rows is nothing.
 *
 * @throws EngineError `length_mismatch`, `negative_count`, `out_of_range`, `nan`, `not_finite`
 * @example carriersOf({ now: { key: buyers }, before: { key: buyersBefore }, expected: 40 }) // { breadth: 'one', … }
 */
export const carriersOf = (input: CarriersInput): Carriers | NoCarriers => {
  const { expected, fewerThan = 5, top = 10 } = input;
  if (!(checkFinite('expected', expected) > 0))
    throw engineError('out_of_range', `expected must be > 0, got ${expected}`, { expected });
  checkCount('fewerThan', fewerThan);
  checkCount('top', top);
  const now = sumByKey(input.now);
  const before = sumByKey(input.before);
  const observed = totalOf(now);
  const past = totalOf(before);
  if (past === 0) return { kind: 'no_answer', reason: 'no_past' };
  const change = observed - expected;
  // A smaller difference is rounding, and its shares would be too.
  if (Math.abs(change) <= 1e-12 * (observed + expected)) return { kind: 'no_answer', reason: 'no_change' };
  const all = [...new Set([...now.keys(), ...before.keys()])].map((key): Carrier => {
    const own = now.get(key) ?? 0;
    const usual = ((before.get(key) ?? 0) / past) * expected;
    return { key, observed: own, expected: usual, share: (own - usual) / change };
  });
  all.sort((a, b) => b.share - a.share || a.key - b.key);
  let carryingHalf = 0;
  for (let sum = 0; carryingHalf < all.length && sum < HALF; carryingHalf++)
    sum += (all[carryingHalf] as Carrier).share;
  let [sum, squares] = [0, 0];
  for (const { share } of all) {
    if (share <= 0) break;
    sum += share;
    squares += share * share;
  }
  const first = all[0] as Carrier;
  const rest = expected - first.expected;
  return {
    kind: 'carriers',
    observed,
    expected,
    top: all.slice(0, top),
    carryingHalf,
    effective: (sum * sum) / squares,
    ratioWithoutFirst:
      rest > 0 ? (observed - first.observed) / rest : observed > first.observed ? Infinity : 1,
    breadth: carryingHalf === 1 ? 'one' : carryingHalf < fewerThan ? 'few' : 'many',
  };
};
