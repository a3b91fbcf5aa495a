import { engineError } from '../../errors/index.ts';

/** What can be turned up: a control, or chance. */
export type Dial = 'price_band' | 'novelty' | 'diversity' | 'surprise';

/** In the order in which they are applied: what a dial costs is measured beside those before it. */
export const DIALS: readonly Dial[] = ['price_band', 'novelty', 'diversity', 'surprise'];

/** Strengths of the dials before one; 0 for those that are off. */
export type Strengths = Readonly<Record<Dial, number>>;

export const NO_STRENGTHS: Strengths = { price_band: 0, novelty: 0, diversity: 0, surprise: 0 };

/** What a strength cost people in a period that is over. */
export interface CostPoint {
  readonly strength: number;
  /** Share of what the plain lists would have had taken; below 0 where the dial helped. */
  readonly estimate: number;
  /** Of an interval over people. */
  readonly low: number;
  readonly high: number;
}

/** What a dial costs, by its strength, as `learnCost` measured it. Plain data. */
export interface LearnedCost {
  readonly kind: 'learned_cost';
  readonly dial: Dial;
  /** Length of the lists. */
  readonly count: number;
  /** Candidates that people had. */
  readonly candidates: { readonly fewest: number; readonly most: number };
  /** Whether a relevance curve was used. */
  readonly curve: boolean;
  /** What was on before the dial, whose cost is in the points. */
  readonly before: Strengths;
  readonly people: number;
  /** Of the intervals. */
  readonly level: number;
  /** By strength, ascending from 0. */
  readonly points: readonly CostPoint[];
}

/** What lists made like this cost people like these, on average. */
export interface StatedCost {
  readonly kind: 'stated';
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface NoStatedCost {
  readonly kind: 'no_answer';
  /** `not_learned`: the last dial that is on came without a learned cost. `not_measured`: not as it was learned. */
  readonly reason: 'not_learned' | 'not_measured';
  /** What is other than where it was learned. */
  readonly other?: 'strength' | 'count' | 'candidates' | 'curve' | 'before';
  /** For `strength`: up to where it was measured. */
  readonly measuredTo?: number;
}

export type CostAnswer = StatedCost | NoStatedCost;

/** What a list is made with. */
export interface ListMaking {
  readonly count: number;
  readonly candidates: number;
  readonly curve: boolean;
  readonly before: Strengths;
}

/** Strengths that are the same but for rounding. */
const SAME = 1e-9;

/** What of a list is other than where the cost was learned. */
export const otherThanLearned = (
  learned: LearnedCost,
  { count, candidates, curve, before }: ListMaking,
): NoStatedCost['other'] => {
  if (count !== learned.count) return 'count';
  if (candidates < learned.candidates.fewest || candidates > learned.candidates.most) return 'candidates';
  if (curve !== learned.curve) return 'curve';
  return DIALS.every((dial) => Math.abs(before[dial] - learned.before[dial]) <= SAME) ? undefined : 'before';
};

/** Throws unless the cost is of this dial. */
export const checkDial = (dial: Dial, learned: LearnedCost | undefined): void => {
  if (learned && learned.dial !== dial)
    throw engineError('out_of_range', `${dial} was given the learned cost of ${learned.dial}`, { dial });
};

/**
 * The cost of a strength. Between two that were measured the estimate is on the line between them, and the interval holds both of theirs: costs rise
 * steeply somewhere, and nobody measured where. O(points).
 *
 * @example statedAt(learned, 0.3) // { kind: 'stated', estimate: 0.031, low: 0.012, high: 0.05 }
 */
export const statedAt = ({ points }: LearnedCost, strength: number): CostAnswer => {
  const next = points.findIndex((point) => point.strength >= strength);
  const to = points[next];
  if (!to || !(strength >= 0))
    return {
      kind: 'no_answer',
      reason: 'not_measured',
      other: 'strength',
      measuredTo: points.at(-1)?.strength ?? 0,
    };
  const from = to.strength === strength ? to : (points[next - 1] ?? to);
  const share = from === to ? 0 : (strength - from.strength) / (to.strength - from.strength);
  return {
    kind: 'stated',
    estimate: from.estimate + share * (to.estimate - from.estimate),
    low: Math.min(from.low, to.low),
    high: Math.max(from.high, to.high),
  };
};

/**
 * The largest strength that was measured whose cost surely stays within `most`: the upper end of its interval does, there and at every smaller
 * strength; 0 where nothing can be promised. O(points).
 *
 * @example strengthWithin(learned, 0.03) // 0.15
 */
export const strengthWithin = ({ points }: LearnedCost, most: number): number => {
  const over = points.findIndex(({ high }) => high > most);
  return (over < 0 ? points.at(-1) : points[over - 1])?.strength ?? 0;
};
