/** Of 100 people of a shop about five order within the window; the true share is known only afterwards. */
const ASSUMED_BUYERS = 0.05;
/**
 * Standard errors that a true difference must measure to be seen four times in five: 0.84 for the power, and about 2.8
 * for an interval that holds at every look (1.96 would hold at one look only).
 */
const STANDARD_ERRORS = 3.6;

export interface Detectable {
  readonly heldOut: number;
  readonly written: number;
  /** The smallest difference in buyers per 100 people that can be expected to show; null when nobody is held out. */
  readonly perHundred: number | null;
}

/** What a holdout costs and what it can show, roughly: for choosing a share before anything is known. */
export const detectable = (people: number, share: number): Detectable => {
  const heldOut = Math.round(people * share);
  const written = people - heldOut;
  if (heldOut < 2 || written < 2) return { heldOut, written, perHundred: null };
  const variance = ASSUMED_BUYERS * (1 - ASSUMED_BUYERS);
  const error = Math.sqrt(variance / heldOut + variance / written);
  return { heldOut, written, perHundred: STANDARD_ERRORS * error * 100 };
};
