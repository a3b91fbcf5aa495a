import { studentQuantile } from '../../special/index.ts';

/** A mean over events, with an interval over people (a person's events go together). */
export interface ClusteredMean {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
}

/** Sums per person of a value and of the events. */
export interface PersonSums {
  readonly value: Float64Array;
  readonly events: Float64Array;
}

/**
 * Σ value/Σ events with the linearised clustered error of a ratio (Cochran, Sampling Techniques, 6.3), Student's t with people - 1 degrees.
 * Null with fewer than two people. O(people).
 */
export const clusteredMean = ({ value, events }: PersonSums, alpha: number): ClusteredMean | null => {
  let people = 0;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < events.length; i++) {
    if (events[i] === 0) continue;
    people++;
    sum += value[i] as number;
    total += events[i] as number;
  }
  if (people < 2) return null;
  const estimate = sum / total;
  let squares = 0;
  for (let i = 0; i < events.length; i++)
    if (events[i] !== 0) squares += ((value[i] as number) - estimate * (events[i] as number)) ** 2;
  const standardError = Math.sqrt((squares * people) / (people - 1)) / total;
  const half = -studentQuantile(alpha / 2, people - 1) * standardError;
  return { estimate, low: estimate - half, high: estimate + half, standardError };
};
