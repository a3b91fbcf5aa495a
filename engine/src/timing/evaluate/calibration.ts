import { WEEK_HOURS } from '../local-time/index.ts';
import { type ClusteredMean, clusteredMean } from './clustered.ts';

/** Whether what was said came true. */
export interface Calibration {
  /** Length 168: share of the events that was expected in each hour of the week, and seen. */
  readonly expected: Float64Array;
  readonly observed: Float64Array;
  /** Σ |observed - expected|/2: share of the events that came in other hours than expected; noise alone makes some. */
  readonly moved: number;
  /**
   * Each person's hours from the likeliest to the least likely, in tenths of predicted mass: share of the events that fell in each tenth.
   * All 0.1 when the shares are right; rising or falling when they are too sharp (low) or too flat (high first tenth).
   */
  readonly byMass: readonly (ClusteredMean & { readonly expected: 0.1 })[];
}

const TENTHS = 10;

/**
 * Collects events with the shares that were predicted for them. A tenth that an hour only touches gets its part of the event (the
 * non-randomised PIT of Czado, Gneiting and Held, Biometrics 2009).
 */
export const createCalibration = (people: number) => {
  const expected = new Float64Array(WEEK_HOURS);
  const observed = new Float64Array(WEEK_HOURS);
  const tenths = Array.from({ length: TENTHS }, () => new Float64Array(people));
  const events = new Float64Array(people);
  let total = 0;
  const add = (person: number, hour: number, shares: Float64Array): void => {
    const own = shares[hour] as number;
    let above = 0;
    let equal = 0;
    for (let h = 0; h < WEEK_HOURS; h++) {
      const share = shares[h] as number;
      expected[h] = (expected[h] as number) + share;
      if (share > own) above += share;
      else if (share === own) equal += share;
    }
    observed[hour] = (observed[hour] as number) + 1;
    total++;
    events[person] = (events[person] as number) + 1;
    const low = Math.min(1, above);
    const high = Math.min(1, above + equal);
    for (let t = 0; t < TENTHS; t++) {
      const inside = Math.min(high, (t + 1) / TENTHS) - Math.max(low, t / TENTHS);
      const tenth = tenths[t] as Float64Array;
      if (high > low) {
        if (inside > 0) tenth[person] = (tenth[person] as number) + inside / (high - low);
      } else if (t === TENTHS - 1) tenth[person] = (tenth[person] as number) + 1;
    }
  };
  const result = (pulse: () => void = () => undefined): Calibration => {
    const share = (sums: Float64Array): Float64Array => sums.map((sum) => sum / Math.max(1, total));
    const [said, seen] = [share(expected), share(observed)];
    return {
      expected: said,
      observed: seen,
      moved: said.reduce((sum, each, h) => sum + Math.abs(each - (seen[h] as number)) / 2, 0),
      byMass: tenths.flatMap((value) => {
        pulse();
        const found = clusteredMean({ value, events }, 0.05);
        return found ? [{ ...found, expected: 0.1 as const }] : [];
      }),
    };
  };
  return { add, result };
};
