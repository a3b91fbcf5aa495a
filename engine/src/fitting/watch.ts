import { engineError } from '../errors/index.ts';

/** Where a fit is. */
export interface FitProgress {
  /** What is being done, in a word or two of English: `gram`, `factor`, `start 3 of 5`. */
  readonly stage: string;
  /** Share of the whole fit that is done, 0 to 1; never falls. */
  readonly done: number;
}

/**
 * Called now and then during a fit, at most some milliseconds of work apart. Return `'stop'` to cancel: the fit then
 * throws `cancelled` and leaves nothing behind. A fit is synchronous, so the answer has to come from where the caller
 * can know it: a clock, or a flag in a SharedArrayBuffer that another thread sets.
 */
export type Watch = (progress: FitProgress) => 'stop' | void;

/** Tells `watch`, if there is one; throws `cancelled` where it says stop. */
export const tell = (watch: Watch | undefined, stage: string, done: number): void => {
  // 0 of 0 is NaN: nothing to do, nothing done.
  if (watch?.({ stage, done: done >= 0 ? Math.min(1, done) : 0 }) === 'stop')
    throw engineError('cancelled', `the fit was stopped at “${stage}”`, { stage });
};

/** A watch for a part of a fit: the part's 0 to 1 becomes `from` to `to` of the whole. */
export const watchPart = (watch: Watch | undefined, from: number, to: number): Watch | undefined =>
  watch && (({ stage, done }) => watch({ stage, done: from + (to - from) * done }));
