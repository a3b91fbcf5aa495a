import type { TasteHistory } from '../../interactions/index.ts';

const DAY_MS = 86_400_000;
/** Nobody comes twice for the same within half a day: what is nearer is one visit. Also keeps ln away from 0. */
const SHORTEST_DAYS = 0.5;

/** ln of the mean days between the orders of an entry that has two or more. */
export const logMeanGap = (
  { firstAtMs, lastAtMs, orders }: Pick<TasteHistory, 'firstAtMs' | 'lastAtMs' | 'orders'>,
  entry: number,
): number => {
  const days = ((lastAtMs[entry] as number) - (firstAtMs[entry] as number)) / DAY_MS;
  return Math.log(Math.max(SHORTEST_DAYS, days / ((orders[entry] as number) - 1)));
};

/** Days since an instant, 0 for one that is still to come. */
export const daysSince = (atMs: number, nowMs: number): number => Math.max(0, nowMs - atMs) / DAY_MS;
