import type { ArmStatistic, NoLift } from '../arms/index.ts';
import { sequentialTest } from './sequential.ts';

interface Range {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface HoldoutReadOut {
  readonly kind: 'answer';
  /** What the whole programme adds per person who gets it, over the window. */
  readonly perPerson: Range;
  /** As a share of what a person does without it. */
  readonly relative: Range | NoLift;
  /** Over everybody who got it. */
  readonly total: Range;
  /** Of all that those people did, the share that the programme brought; 0.1 is a tenth. */
  readonly shareOfOutcome: Range | NoLift;
  /** What keeping the holdout costs: what its people would have brought. The price of knowing. */
  readonly costOfHoldout: Range;
  readonly verdict: 'adds' | 'costs' | 'not_yet';
}

const times = (range: Range, factor: number): Range => ({
  estimate: range.estimate * factor,
  low: range.low * factor,
  high: range.high * factor,
});

/** r/(1 + r): the part of the treated people's outcome that is due to the lift r; rises with r above -1. */
const partOf = (relative: number): number => (relative > -1 ? relative / (1 + relative) : -Infinity);

/**
 * The whole programme against the people held out of all of it: per person, in total, and what the holdout costs. Anytime-valid; the
 * totals are the same interval in other units, so that all of them hold together. Messages that people got before they were drawn
 * are in both arms. O(1).
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`
 * @example holdoutReadOut({ holdout: meanArm(held), programme: meanArm(others), tuning: 50_000 })
 */
export const holdoutReadOut = (input: {
  readonly holdout: ArmStatistic;
  readonly programme: ArmStatistic;
  readonly tuning: number;
  readonly alpha?: number;
  /** People who got the programme when not all of them were measured; default: those measured. */
  readonly programmePeople?: number;
  readonly holdoutPeople?: number;
}): HoldoutReadOut | NoLift => {
  const ask = {
    control: input.holdout,
    treatment: input.programme,
    tuning: input.tuning,
    alpha: input.alpha ?? 0.05,
  };
  const perPerson = sequentialTest({ ...ask, scale: 'absolute' });
  if (perPerson.kind === 'no_answer') return perPerson;
  const relative = sequentialTest({ ...ask, scale: 'relative' });
  const { estimate, low, high } = perPerson;
  const range = { estimate, low, high };
  return {
    kind: 'answer',
    perPerson: range,
    relative:
      relative.kind === 'no_answer'
        ? relative
        : { estimate: relative.estimate, low: relative.low, high: relative.high },
    total: times(range, input.programmePeople ?? input.programme.n),
    shareOfOutcome:
      relative.kind === 'no_answer'
        ? relative
        : { estimate: partOf(relative.estimate), low: partOf(relative.low), high: partOf(relative.high) },
    costOfHoldout: times(range, input.holdoutPeople ?? input.holdout.n),
    verdict: low > 0 ? 'adds' : high < 0 ? 'costs' : 'not_yet',
  };
};
