import type { ArmStatistic, NoLift } from '../arms/index.ts';
import type { Scale } from './lift.ts';
import { defaultTuning, sequentialTest } from './sequential.ts';

export type Verdict = 'higher' | 'lower' | 'not_yet';

export interface TuningRow {
  readonly tuning: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
}

export interface Sensitivity {
  readonly kind: 'answer';
  /** The tuning that counts: half the planned sample. The others are shown, never chosen after the fact. */
  readonly chosen: TuningRow;
  readonly others: readonly TuningRow[];
  /** Whether every tuning looked at says the same. */
  readonly stable: boolean;
}

/** A tenth to ten times the default. */
const FACTORS = [0.1, 0.2, 0.5, 2, 5, 10] as const;

/**
 * Would another tuning have said something else? Each is valid alone when fixed beforehand; the best of several is not, so only
 * `chosen` is a verdict. O(7).
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`
 * @example tuningSensitivity({ control, treatment, scale: 'absolute', plannedPeople: 20_000 }).stable
 */
export const tuningSensitivity = (input: {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  readonly scale: Scale;
  readonly plannedPeople: number;
  readonly alpha?: number;
}): Sensitivity | NoLift => {
  const tuning = defaultTuning(input.plannedPeople);
  const { control, treatment, scale, alpha = 0.05 } = input;
  const row = (at: number): TuningRow | NoLift => {
    const found = sequentialTest({ control, treatment, scale, alpha, tuning: at });
    if (found.kind === 'no_answer') return found;
    const { low, high } = found;
    return { tuning: at, low, high, verdict: low > 0 ? 'higher' : high < 0 ? 'lower' : 'not_yet' };
  };
  const chosen = row(tuning);
  if ('kind' in chosen) return chosen;
  const others = FACTORS.map((factor) => row(tuning * factor)).filter(
    (found) => !('kind' in found),
  ) as TuningRow[];
  return {
    kind: 'answer',
    chosen,
    others,
    stable: others.every(({ verdict }) => verdict === chosen.verdict),
  };
};
