import { checkAllFinite, checkLength } from '../errors/index.ts';
import { type BoundedInterval, boundedInterval } from './bounded.ts';
import { type Method, type Scored, scoreMethod, type Terms } from './estimators.ts';
import { type IntervalSettings, intervalOf } from './interval.ts';
import {
  checkLog,
  checkTarget,
  type DecisionLog,
  type TargetPolicy,
  type UsedRows,
  usedRows,
} from './log.ts';
import { type Refusal, type RefusalRules, refusalsOf } from './refusal.ts';
import { type OverlapDiagnostics, overlapOf, weightsOf } from './weights.ts';

export interface EvaluationInput {
  readonly log: DecisionLog;
  readonly target: TargetPolicy;
  /** Model's rewards, n × K by rows, as `crossFitRewards` makes them; without them only ips, snips and clipped answer. */
  readonly predictions?: Float64Array;
  /** M of the clipped estimate and τ of Switch-DR; 10 unless said. */
  readonly clip?: number;
  readonly tau?: number;
  /** Least and largest possible reward, known before: adds an interval that holds at every size. */
  readonly rewardRange?: readonly [number, number];
  readonly interval?: IntervalSettings;
  readonly rules?: RefusalRules;
}

/** An interval, or why there is none. */
export type IntervalAnswer =
  | { readonly kind: 'interval'; readonly low: number; readonly high: number; readonly standardError: number }
  /**
   * `model_error_unknown`: the direct method's error is the model's, which the log does not show · `no_spread`: every row says the same (no
   * reward at all yet, for example), which is no certainty · `one_person`: errors need two people or more
   */
  | { readonly kind: 'none'; readonly reason: 'model_error_unknown' | 'no_spread' | 'one_person' };

export interface Estimate {
  readonly method: Method['kind'];
  readonly value: number;
  readonly interval: IntervalAnswer;
  /** Against the mean reward of the log itself, from the same rows. */
  readonly overLogged: { readonly value: number; readonly interval: IntervalAnswer };
  /**
   * 'shrunk': some weights were clipped or switched off, so the value leans towards 0 or towards the model, by an amount that the interval
   * does not hold.
   */
  readonly estimand: 'policy_value' | 'shrunk';
}

export type Evaluation =
  | {
      readonly kind: 'evaluated';
      readonly estimates: readonly Estimate[];
      /** The one to show when one is asked for: `dr` with a model, `snips` without. */
      readonly preferred: Estimate;
      /** Holds at every size, when `rewardRange` is given; of `ips`. */
      readonly bounded: BoundedInterval | null;
      readonly overlap: OverlapDiagnostics;
    }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly overlap: OverlapDiagnostics };

const termsOf = (
  { log, target, predictions }: EvaluationInput,
  used: UsedRows,
  weights: Float64Array,
): Terms => {
  const rewards = Float64Array.from(used.rows, (row) => log.rewards[row] as number);
  if (!predictions) return { weights, rewards };
  const k = log.actionCount;
  const expected = Float64Array.from(used.rows, (row) => {
    let sum = 0;
    let total = 0;
    for (let at = row * k; at < (row + 1) * k; at++) {
      sum += (target[at] as number) * (predictions[at] as number);
      total += target[at] as number;
    }
    return sum / total;
  });
  const predicted = Float64Array.from(
    used.rows,
    (row) => predictions[row * k + (log.actions[row] as number)] as number,
  );
  return { weights, rewards, expected, predicted };
};

const answer = (scored: Scored, used: UsedRows, settings: IntervalSettings | undefined): IntervalAnswer => {
  if (used.people < 2) return { kind: 'none', reason: 'one_person' };
  const found = intervalOf(scored, used, settings);
  return found.standardError > 0 ? { kind: 'interval', ...found } : { kind: 'none', reason: 'no_spread' };
};

const shrinks = (method: Method, weights: Float64Array): boolean => {
  if (method.kind === 'clipped' || method.kind === 'clipped_dr') return weights.some((w) => w > method.most);
  if (method.kind === 'switch_dr') return weights.some((w) => w > method.tau);
  return method.kind === 'dr_os';
};

const estimate = (
  method: Method,
  { terms, used, settings }: { terms: Terms; used: UsedRows; settings: IntervalSettings | undefined },
): Estimate => {
  const scored = scoreMethod(method, terms);
  const logged = scoreMethod(
    { kind: 'ips' },
    { ...terms, weights: new Float64Array(terms.weights.length).fill(1) },
  );
  const over: Scored = {
    value: scored.value - logged.value,
    influence: scored.influence.map((score, i) => score - (logged.influence[i] as number)),
  };
  const unknown: IntervalAnswer = { kind: 'none', reason: 'model_error_unknown' };
  const direct = method.kind === 'dm';
  return {
    method: method.kind,
    value: scored.value,
    interval: direct ? unknown : answer(scored, used, settings),
    overLogged: { value: over.value, interval: direct ? unknown : answer(over, used, settings) },
    estimand: shrinks(method, terms.weights) ? 'shrunk' : 'policy_value',
  };
};

/**
 * What a policy would have earned per decision, from the log of another one: several estimates with their intervals, or a refusal with its reasons
 * and figures when the log does not show enough. Rows without a choice are left out; the target must keep the log's constraints
 * (`constrainTarget` makes it). O(n K).
 *
 * @throws EngineError for what is wrong in itself: `length_mismatch`, `empty_input`, `nan`, `not_finite`, `propensity_out_of_range`,
 * `unknown_key`, `negative_weight`, `weights_do_not_sum`, `out_of_range`
 * @example
 * const predictions = crossFitRewards(log, { features: 3, contexts });
 * const found = evaluatePolicy({ log, target: uniformTarget(log), predictions });
 * if (found.kind === 'evaluated') found.preferred.value;
 * else found.reasons; // [{ reason: 'small_ess', found: 2.08, limit: 100 }, …]
 */
export const evaluatePolicy = (input: EvaluationInput): Evaluation => {
  const { log, target, predictions, clip = 10, tau = 10, rewardRange, interval: settings, rules } = input;
  checkLog(log);
  checkTarget(log, target);
  if (predictions) {
    checkLength('predictions', predictions.length, target.length);
    checkAllFinite('predictions', predictions);
  }
  const used = usedRows(log);
  const weights = weightsOf(log, target, used);
  const overlap = overlapOf({ log, target, used }, weights);
  const reasons = refusalsOf(overlap, rules);
  if (reasons.length > 0) return { kind: 'refused', reasons, overlap };
  const terms = termsOf(input, used, weights);
  const made = (method: Method): Estimate => estimate(method, { terms, used, settings });
  const estimates = [made({ kind: 'ips' }), made({ kind: 'snips' }), made({ kind: 'clipped', most: clip })];
  if (predictions) {
    estimates.push(
      made({ kind: 'dm' }),
      made({ kind: 'dr' }),
      made({ kind: 'sndr' }),
      made({ kind: 'clipped_dr', most: clip }),
      made({ kind: 'switch_dr', tau }),
    );
  }
  const wanted = predictions ? 'dr' : 'snips';
  return {
    kind: 'evaluated',
    estimates,
    preferred: estimates.find(({ method }) => method === wanted) ?? made({ kind: wanted }),
    bounded: rewardRange
      ? boundedInterval(terms, { range: rewardRange, alpha: settings?.alpha ?? 0.05 })
      : null,
    overlap,
  };
};
