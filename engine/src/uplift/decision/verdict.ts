import { checkFinite } from '../../errors/index.ts';
import { sampleQuantile } from '../../quantiles/index.ts';
import { createRandom } from '../../random/index.ts';
import { type BootstrapSettings, checkBootstrap } from '../ranking/report.ts';
import type { CrossFitted } from './cross-fit.ts';

/** Gain per person of everybody in the test, in the outcome's unit, the cost taken off. */
export type Gain =
  | {
      readonly kind: 'value';
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly standardError: number;
    }
  /** Both treat the same people: no difference, and nothing to be uncertain about. */
  | { readonly kind: 'same_policy'; readonly value: 0 };

export interface TargetingFigures {
  readonly everyoneOverNoOne: Gain;
  readonly ruleOverNoOne: Gain;
  readonly ruleOverEveryone: Gain;
  /** Share that the cross-fitted rule treats, and in each fold. */
  readonly share: number;
  readonly shares: readonly number[];
  readonly people: number;
  readonly alpha: number;
}

/**
 * - `treat_everyone` it helps on average, and no targeting rule beats it
 * - `treat_no_one` on average it does not help (by `worthwhile`), and no rule that picks some beats treating nobody
 * - `target` treating the top `share` beats both treating everyone (by `ruleOverEveryone`) and no one
 * - `no_answer` the people are too few to tell these apart
 */
export type TargetingVerdict =
  | { readonly kind: 'treat_everyone'; readonly figures: TargetingFigures }
  | { readonly kind: 'treat_no_one'; readonly figures: TargetingFigures }
  | { readonly kind: 'target'; readonly share: number; readonly figures: TargetingFigures }
  | { readonly kind: 'no_answer'; readonly reason: 'undecided'; readonly figures: TargetingFigures };

/** Means of columns over people drawn anew, the same draws for all of them. */
const bootstrapMeans = (
  columns: readonly Float64Array[],
  { replicates, seed }: { readonly replicates: number; readonly seed: number | string },
): readonly Float64Array[] => {
  const n = (columns[0] as Float64Array).length;
  const { integer } = createRandom(seed, 'bootstrap');
  const out = columns.map(() => new Float64Array(replicates));
  const times = new Float64Array(n);
  for (let r = 0; r < replicates; r++) {
    times.fill(0);
    for (let i = 0; i < n; i++) {
      const row = integer(0, n - 1);
      times[row] = (times[row] as number) + 1;
    }
    columns.forEach((column, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (times[i] as number) * (column[i] as number);
      (out[k] as Float64Array)[r] = sum / n;
    });
  }
  return out;
};

const gainOf = (column: Float64Array, means: Float64Array, alpha: number): Gain => {
  if (column.every((x) => x === 0)) return { kind: 'same_policy', value: 0 };
  const value = column.reduce((a, b) => a + b, 0) / column.length;
  const centre = means.reduce((a, b) => a + b, 0) / means.length;
  const sorted = means.toSorted();
  return {
    kind: 'value',
    value,
    low: sampleQuantile(sorted, alpha / 2, { sorted: true }),
    high: sampleQuantile(sorted, 1 - alpha / 2, { sorted: true }),
    standardError: Math.sqrt(means.reduce((a, b) => a + (b - centre) ** 2, 0) / (means.length - 1)),
  };
};

const lowOf = (gain: Gain): number => (gain.kind === 'value' ? gain.low : 0);
const highOf = (gain: Gain): number => (gain.kind === 'value' ? gain.high : 0);

export interface VerdictSettings extends BootstrapSettings {
  /** Least gain per person that is worth anybody's while, >= 0 in practice; 0 unless said. */
  readonly worthwhile?: number;
}

/**
 * What to do, by cross-fitted policy value: the mean doubly robust effect of those whom a policy treats (Athey and Wager, arXiv 1702.02896;
 * AIPW), with percentile bootstrap intervals over people (300 replicates of 95 % unless said). The rule is the one that cross-fitting made, with
 * its share chosen inside; intervals are of this rule's value and do not hold what another training would have made of it.
 * O(replicates × n).
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example
 * const verdict = targetingVerdict(fitted, { seed: 1 });
 * verdict.kind; // Hillstrom, men's mail: 'treat_everyone'
 */
export const targetingVerdict = (fitted: CrossFitted, settings: VerdictSettings = {}): TargetingVerdict => {
  const { replicates = 300, alpha = 0.05, seed = 'verdict', worthwhile = 0 } = settings;
  checkBootstrap(settings);
  checkFinite('worthwhile', worthwhile);
  const { effects, rule, shares } = fitted;
  const columns = [
    effects,
    effects.map((e, i) => e * (rule[i] as number)),
    effects.map((e, i) => e * ((rule[i] as number) - 1)),
  ] as const;
  const means = bootstrapMeans(columns, { replicates, seed });
  const [everyone, ruleOverNoOne, ruleOverEveryone] = columns.map((column, k) =>
    gainOf(column, means[k] as Float64Array, alpha),
  ) as [Gain, Gain, Gain];
  const share = rule.reduce((a, b) => a + b, 0) / rule.length;
  const figures: TargetingFigures = {
    everyoneOverNoOne: everyone,
    ruleOverNoOne,
    ruleOverEveryone,
    share,
    shares,
    people: rule.length,
    alpha,
  };
  if (lowOf(ruleOverEveryone) > 0 && lowOf(ruleOverNoOne) > worthwhile)
    return { kind: 'target', share, figures };
  if (lowOf(everyone) > worthwhile) return { kind: 'treat_everyone', figures };
  const useless = highOf(everyone) <= worthwhile && everyone.kind === 'value';
  if (useless && lowOf(ruleOverNoOne) <= worthwhile) return { kind: 'treat_no_one', figures };
  return { kind: 'no_answer', reason: 'undecided', figures };
};
