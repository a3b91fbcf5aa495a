import { checkLevel, checkPositive, engineError } from '../../errors/index.ts';
import { normalUpperQuantile } from '../../special/index.ts';
import { defaultTuning } from '../answers/index.ts';
import { MINIMUM_OUTCOMES } from '../minimums.ts';
import { anytimeMultiplier } from '../normal-mixture.ts';
import { crossingChances } from './crossing.ts';
import { powerAtEnd } from './mid-experiment.ts';

export interface PlanInput {
  /** One person's outcome, from earlier data, capped as it will be. */
  readonly outcome: {
    readonly mean: number;
    readonly standardDeviation: number;
    /** Share of people whose outcome is not zero; needed for money. */
    readonly nonZeroShare?: number;
    readonly kind?: 'mean' | 'proportion' | 'money';
  };
  /** People who become eligible in a month, all arms together. */
  readonly peoplePerMonth: number;
  /** Share of the control (or of the smaller arm), in (0, 1). */
  readonly controlShare: number;
  /** The longest one would wait; default 12. */
  readonly months?: number;
  readonly alpha?: number;
  readonly power?: number;
  readonly design: 'fixed' | 'sequential';
  /** Looks a month of the sequential design; default 4. */
  readonly looksPerMonth?: number;
  /** The relative lift that would be worth having, > 0: to be told when it would be found. */
  readonly lift?: number;
  /** What an adjustment by earlier data is expected to take off the variance, in [0, 1). */
  readonly varianceReduction?: number;
  /** Worth of one unit of the outcome; turns the control's cost into money. Default 1. */
  readonly worth?: number;
}

export interface PlanAnswer {
  readonly kind: 'plan';
  readonly people: number;
  /** Smallest lift found with the wanted power within the months. */
  readonly detectable: { readonly absolute: number; readonly relative: number | null };
  /** Months until `lift` is found with the wanted power; null when none was asked for. */
  readonly monthsNeeded: number | null;
  /** Sequential: months until a real `lift` is found in half of all cases; null when not asked for or beyond the months. */
  readonly medianMonths: number | null;
  /** What the control forgoes if `lift` is real: lift × mean × control's people × worth, until the end of the months needed. */
  readonly costOfControl: number | null;
  /** For `sequentialTest`; null for a fixed design. */
  readonly tuning: number | null;
}

/** Said before anything is sent: it cannot be known this way. */
export interface PlanRefusal {
  readonly kind: 'no_verdict';
  /** `not_at_this_size`: the lift is not found within the months. `too_few_outcomes`: the smaller arm never has enough buyers. */
  readonly reason: 'not_at_this_size' | 'too_few_outcomes' | 'zero_control_mean';
  /** The months that it would take; null beyond 50 years. */
  readonly monthsNeeded: number | null;
  readonly detectableRelative: number | null;
}

const LONGEST_MONTHS = 600;
/** More looks than that find hardly more (0.775 of cases at 100 looks, 0.766 at 30), and cost time here. */
const MOST_LOOKS = 30;

interface Sized {
  readonly input: PlanInput;
  /** Variance of the difference times the people of both arms. */
  readonly variancePerPerson: number;
  readonly alpha: number;
  readonly power: number;
}

/** Chance of a verdict in the effect's direction by each look of `months`. */
const sequentialCurve = ({ input, variancePerPerson, alpha }: Sized, effect: number, months: number) => {
  const looks = Math.min(MOST_LOOKS, Math.max(1, Math.round(months * (input.looksPerMonth ?? 4))));
  const people = input.peoplePerMonth * months;
  const tuning = defaultTuning(people);
  const times = Float64Array.from({ length: looks }, (_, k) => (people * (k + 1)) / looks);
  const bounds = times.map((n) => anytimeMultiplier(n, tuning, alpha) * Math.sqrt(n));
  return {
    times,
    ...crossingChances({ drift: effect / Math.sqrt(variancePerPerson), times, bounds, points: 81 }),
  };
};

const powerOf = (sized: Sized, effect: number, months: number): number => {
  if (sized.input.design === 'fixed') {
    const standardError = Math.sqrt(sized.variancePerPerson / (sized.input.peoplePerMonth * months));
    return powerAtEnd(effect, standardError, normalUpperQuantile(sized.alpha / 2));
  }
  const { upper } = sequentialCurve(sized, effect, months);
  return upper[upper.length - 1] as number;
};

/** The point on (low, high] where an increasing test turns true, to a relative 1e-4. */
const turning = (low: number, high: number, holds: (x: number) => boolean): number => {
  let [no, yes] = [low, high];
  while (yes - no > 1e-4 * yes) {
    const middle = (no + yes) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
};

const detectableAt = (sized: Sized, months: number): number => {
  const standardError = Math.sqrt(sized.variancePerPerson / (sized.input.peoplePerMonth * months));
  return turning(0, 12 * standardError, (effect) => powerOf(sized, effect, months) >= sized.power);
};

const monthsFor = (sized: Sized, effect: number): number | null => {
  if (powerOf(sized, effect, LONGEST_MONTHS) < sized.power) return null;
  return turning(0, LONGEST_MONTHS, (months) => powerOf(sized, effect, months) >= sized.power);
};

/** Months until the smaller arm has the outcomes without which no verdict is given. */
const monthsForOutcomes = ({ outcome, peoplePerMonth, controlShare }: PlanInput): number => {
  const kind = outcome.kind ?? 'mean';
  const share = outcome.nonZeroShare ?? (kind === 'proportion' ? outcome.mean : kind === 'money' ? 0 : 1);
  const needed = kind === 'proportion' ? 0 : MINIMUM_OUTCOMES[kind];
  return needed === 0 ? 0 : needed / (share * peoplePerMonth * Math.min(controlShare, 1 - controlShare));
};

const check = (input: PlanInput): Sized => {
  checkPositive('peoplePerMonth', input.peoplePerMonth);
  checkPositive('months', input.months ?? 12);
  const share = checkLevel('controlShare', input.controlShare);
  const sd = input.outcome.standardDeviation;
  if (sd === 0) throw engineError('zero_variance', 'an outcome that never varies has nothing to plan for');
  checkPositive('standardDeviation', sd);
  const reduction = input.varianceReduction ?? 0;
  if (!(reduction >= 0 && reduction < 1))
    throw engineError('out_of_range', `varianceReduction must be in [0, 1), got ${reduction}`);
  if (input.lift !== undefined) checkPositive('lift', input.lift);
  return {
    input,
    variancePerPerson: (sd * sd * (1 - reduction)) / (share * (1 - share)),
    alpha: checkLevel('alpha', input.alpha ?? 0.05),
    power: checkLevel('power', input.power ?? 0.8),
  };
};

/**
 * Before the launch: what can be found with these people in this time, how long the lift hoped for takes, what the control costs, or
 * that no verdict is reachable at this size. Sequential designs are answered by the chance to have stopped by then, not by the end
 * alone. Under 1 ms fixed, 0.1–0.3 s sequential.
 * Source: normal approximation; for the sequential design the recursion of Armitage, McPherson, Rowe 1969.
 *
 * @throws EngineError `out_of_range`, `zero_variance`, `probability_out_of_range`, `nan`, `not_finite`
 * @example
 * planExperiment({ outcome: { mean: 0.05, standardDeviation: 0.218, kind: 'proportion' }, peoplePerMonth: 4000,
 *   controlShare: 0.1, design: 'sequential', lift: 0.1 }) // no_verdict: 71 months, +24 % in 12
 */
export const planExperiment = (input: PlanInput): PlanAnswer | PlanRefusal => {
  const sized = check(input);
  const months = input.months ?? 12;
  const { mean } = input.outcome;
  const outcomesBy = monthsForOutcomes(input);
  const absolute = detectableAt(sized, months);
  const relative = mean === 0 ? null : absolute / Math.abs(mean);
  const refuse = (reason: PlanRefusal['reason'], monthsNeeded: number | null): PlanRefusal => ({
    kind: 'no_verdict',
    reason,
    monthsNeeded,
    detectableRelative: relative,
  });
  if (outcomesBy > months)
    return refuse('too_few_outcomes', outcomesBy <= LONGEST_MONTHS ? outcomesBy : null);
  const plan = {
    kind: 'plan',
    people: Math.floor(input.peoplePerMonth * months),
    detectable: { absolute, relative },
    tuning: input.design === 'fixed' ? null : defaultTuning(input.peoplePerMonth * months),
  } as const;
  if (input.lift === undefined)
    return { ...plan, monthsNeeded: null, medianMonths: null, costOfControl: null };
  if (mean === 0) return refuse('zero_control_mean', null);
  const effect = input.lift * Math.abs(mean);
  const needed = monthsFor(sized, effect);
  const monthsNeeded = needed === null ? null : Math.max(needed, outcomesBy);
  if (monthsNeeded === null || monthsNeeded > months) return refuse('not_at_this_size', monthsNeeded);
  let medianMonths: number | null = null;
  if (input.design === 'sequential') {
    const { times, upper } = sequentialCurve(sized, effect, months);
    const look = upper.findIndex((chance) => chance >= 0.5);
    if (look >= 0) medianMonths = Math.max(outcomesBy, (times[look] as number) / input.peoplePerMonth);
  }
  const controlPeople = input.peoplePerMonth * monthsNeeded * input.controlShare;
  return {
    ...plan,
    monthsNeeded,
    medianMonths,
    costOfControl: effect * controlPeople * (input.worth ?? 1),
  };
};
