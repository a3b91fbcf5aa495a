import { checkLevel, checkPositive } from '../../errors/index.ts';
import { betaQuantile, binomialCdf } from '../../special/index.ts';
import { checkJudged, cumulate, type Judged } from './sequence.ts';

export interface PlanInput extends Judged {
  readonly target: number;
  readonly level: number;
  /** Rows that the test will have for each row here; 1 unless said. */
  readonly ratio?: number;
}

export interface ThresholdPlan {
  /** Falling; the first is the one most likely to pass. */
  readonly thresholds: readonly number[];
  /** About how likely the first is to pass. */
  readonly power: number;
}

/** More steps would stop earlier: each is a chance to fail. */
const STEPS = 25;

/** The most errors among n that still pass, -1 where none do. */
const mostErrors = (n: number, target: number, level: number): number => {
  let [low, high] = [-1, n];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (binomialCdf(middle, n, target) <= level) low = middle;
    else high = middle;
  }
  return low;
};

/** Mean over the error rates that the rows seen leave open: Jeffreys' beta distribution, at the middles of its fifths. */
const chanceToPass = (
  seen: { readonly wrong: number; readonly right: number },
  [n, most]: readonly [number, number],
): number => {
  if (most < 0) return 0;
  let sum = 0;
  for (let q = 0.1; q < 1; q += 0.2)
    sum += binomialCdf(most, n, betaQuantile(q, seen.wrong + 0.5, seen.right + 0.5));
  return sum / 5;
};

/**
 * Thresholds to test, from rows that the test will not use: the first is where passing is most likely given these rows, then down to the
 * lowest score in even steps of answers. A threshold above that first one has too few answers to pass. O(n log n + steps log n).
 *
 * @throws EngineError `length_mismatch`, `nan`, `out_of_range`, `probability_out_of_range`
 * @example planThresholds({ scores, wrong, target: 0.1, level: 0.05 }).thresholds // [0.93, 0.91, …]
 */
export const planThresholds = ({ target, level, ratio = 1, ...judged }: PlanInput): ThresholdPlan => {
  checkJudged(judged);
  checkLevel('target', target);
  checkLevel('level', level);
  checkPositive('ratio', ratio);
  const { sorted, errors } = cumulate(judged);
  const n = sorted.length;
  const places = new Set<number>();
  for (let k = 1; k <= 2 * STEPS; k++) {
    let count = Math.ceil((k * n) / (2 * STEPS));
    while (count < n && sorted[count] === sorted[count - 1]) count++;
    if (count > 0) places.add(count);
  }
  let [power, first] = [0, -1];
  const counts = [...places];
  counts.forEach((count, k) => {
    const expected = Math.floor(count * ratio);
    const wrong = errors[count] as number;
    const chance = chanceToPass({ wrong, right: count - wrong }, [
      expected,
      mostErrors(expected, target, level),
    ]);
    if (chance > power) [power, first] = [chance, k];
  });
  const rest = first < 0 ? [] : counts.slice(first);
  const step = Math.max(1, Math.ceil(rest.length / STEPS));
  const thresholds = rest.filter((_, k) => k % step === 0).map((count) => sorted[count - 1] as number);
  return { thresholds, power };
};
