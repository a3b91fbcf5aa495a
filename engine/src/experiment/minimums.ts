/**
 * Non-zero outcomes needed in the smaller arm for the asymptotic interval. Normal theory fails below:
 * 20 conversions keep A/A alarms under looks every 100 people at 0.014–0.034 for shares of 5–50 % and rates of 0.5–20 %
 * (0.33 without a minimum); capped money needs 400 (arms 5/95, buyers 5 %). Proportions have an exact
 * interval below their minimum; the others have no answer there.
 */
export const MINIMUM_OUTCOMES = { proportion: 20, mean: 0, money: 400 } as const;

/**
 * People needed in the smaller arm for an asymptotic sequence, whatever the outcome: with an estimated variance of fewer, A/A runs of
 * normal outcomes looked at after each person alarm in 15 % (plan 20) to 6 % (plan 200) from 2 people on, in 1.3–3.6 % from 20 on.
 */
export const MINIMUM_PEOPLE = 20;
