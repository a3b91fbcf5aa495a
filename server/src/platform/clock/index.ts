/** The business clock: the only source of "now" for rules, schedules, windows and retention. */
export interface Clock {
  readonly now: () => Date;
}

export interface ManualClock extends Clock {
  readonly set: (instant: Date) => void;
  readonly advance: (milliseconds: number) => void;
}

export const createSystemClock = (): Clock => ({ now: () => new Date() });

/** A clock that stands still until it is moved: the sample shop and the tests own one. */
export const createManualClock = (start: Date): ManualClock => {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    set: (instant) => {
      current = instant.getTime();
    },
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
};

/** Milliseconds on a clock that never jumps: for time-outs and durations only, never for business rules. */
export const monotonicMs = (): number => performance.now();
