import { checkLevel, engineError } from '../../errors/index.ts';
import { sampleQuantile } from '../../quantiles/index.ts';
import { createRandom } from '../../random/index.ts';
import { areaOf, noAnswer, plainAreaOf, type RankingAnswer, type RankingReason } from './areas.ts';
import { atShareOf } from './at-share.ts';
import {
  addRow,
  emptySums,
  type GroupSums,
  groupSums,
  type Ranked,
  type RankingInput,
  rankedFrom,
} from './ranked.ts';

export interface BootstrapSettings {
  /** 300 unless said; at least 50. */
  readonly replicates?: number;
  /** 0.05 unless said: intervals of 95 %. */
  readonly alpha?: number;
  readonly seed?: number | string;
}

export type RankingFigure =
  | {
      readonly kind: 'value';
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly standardError: number;
      /** Replicates that had an answer; the interval is theirs. */
      readonly replicates: number;
    }
  | { readonly kind: 'no_answer'; readonly reason: RankingReason | 'too_few_replicates' };

export interface RankingReport {
  /** Over the perfect order's. */
  readonly qini: RankingFigure;
  readonly auuc: RankingFigure;
  /** Between the uplift curve and chance, per person, in the outcome's unit: for any outcome. */
  readonly area: RankingFigure;
  readonly atShares: readonly { readonly share: number; readonly uplift: RankingFigure }[];
  readonly people: { readonly treated: number; readonly control: number };
}

const figure = (value: RankingAnswer, found: readonly RankingAnswer[], alpha: number): RankingFigure => {
  if (value.kind === 'no_answer') return value;
  const values = Float64Array.from(
    found.flatMap((each) => (each.kind === 'value' ? [each.value] : [])),
  ).sort();
  if (values.length < 0.9 * found.length) return { kind: 'no_answer', reason: 'too_few_replicates' };
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return {
    kind: 'value',
    value: value.value,
    low: sampleQuantile(values, alpha / 2, { sorted: true }),
    high: sampleQuantile(values, 1 - alpha / 2, { sorted: true }),
    standardError: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1)),
    replicates: values.length,
  };
};

const clear = (sums: GroupSums): void => {
  for (const each of [sums.treated, sums.control, sums.treatedSum, sums.controlSum]) each.fill(0);
};

export const checkBootstrap = ({ replicates = 300, alpha = 0.05 }: BootstrapSettings): void => {
  checkLevel('alpha', alpha);
  if (!(Number.isInteger(replicates) && replicates >= 50))
    throw engineError('out_of_range', `replicates must be a whole number >= 50, got ${replicates}`);
};

/** Each arm is drawn anew from itself: its size stays. */
const resample = (
  ranked: Ranked,
  sums: GroupSums,
  [treated, control, integer]: readonly [Int32Array, Int32Array, (low: number, high: number) => number],
): void => {
  clear(sums);
  for (const rows of [treated, control]) {
    for (let i = 0; i < rows.length; i++) addRow(sums, ranked, rows[integer(0, rows.length - 1)] as number);
  }
};

/**
 * Qini, AUUC and uplift@k with bootstrap intervals over people (percentiles; the scores stay as they are, so the intervals say how well these
 * scores rank, not how much another training would change them). Equal scores count together. O(replicates × n).
 *
 * @throws EngineError as `qiniCurve`, and `out_of_range`, `probability_out_of_range`
 * @example
 * const { qini } = rankingReport({ outcomes, treated, scores }, { shares: [0.1, 0.3], seed: 1 });
 * if (qini.kind === 'value') qini.low; // below 0: the ranking may be chance
 */
export const rankingReport = (
  input: RankingInput,
  { shares = [0.1, 0.3], ...settings }: BootstrapSettings & { readonly shares?: readonly number[] } = {},
): RankingReport => {
  checkBootstrap(settings);
  const { replicates = 300, alpha = 0.05, seed = 'ranking' } = settings;
  const ranked = rankedFrom(input);
  const rows = Int32Array.from(ranked.order.keys());
  const arms = [
    rows.filter((row) => ranked.treated[row] === 1),
    rows.filter((row) => ranked.treated[row] === 0),
  ] as const;
  const measure = (sums: GroupSums): readonly RankingAnswer[] => [
    ranked.binary ? areaOf(sums, { curve: 'qini' }) : noAnswer('not_binary'),
    ranked.binary ? areaOf(sums, { curve: 'uplift' }) : noAnswer('not_binary'),
    { kind: 'value', value: plainAreaOf(sums) },
    ...shares.map((top) => atShareOf(sums, { top })),
  ];
  const values = measure(groupSums(ranked));
  const { integer } = createRandom(seed, 'bootstrap');
  const sums = emptySums(ranked.groups);
  const found = Array.from({ length: replicates }, () => {
    resample(ranked, sums, [arms[0], arms[1], integer]);
    return measure(sums);
  });
  const of = (k: number): RankingFigure =>
    figure(
      values[k] as RankingAnswer,
      found.map((each) => each[k] as RankingAnswer),
      alpha,
    );
  return {
    qini: of(0),
    auuc: of(1),
    area: of(2),
    atShares: shares.map((share, k) => ({ share, uplift: of(3 + k) })),
    people: { treated: arms[0].length, control: arms[1].length },
  };
};
