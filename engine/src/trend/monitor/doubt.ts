/**
 * Evidence comes in three stages of a change, each judged by itself: its first two buckets (a spike, an order in bulk), until a round
 * of the season (a promotion, a stock-out), and longer.
 */
export const STAGES = 3;
/** For each group: series × horizons seen; for each stage the changes that came back, and the sum of ln(log10 growth) in it. */
export const DOUBT_SUMS = 1 + 2 * STAGES;

const SPIKE_BUCKETS = 2;
/** Growth below this comes and goes. */
const LEAST = 10;
const LOG_LEAST = Math.log(LEAST);
/** Exponent of the tail before anything is known, in so many returns; series × horizons without any that are thought to have been seen. */
const TAIL_GUESS = 3;
const RETURNS_PRIOR = 3;
const ROOM_PRIOR = 20;
/** Series × horizons of the whole shop that a group is shrunk to. */
const POOL = 100;
/** What comes back under the law, by stage: measured in generated worlds that follow it (0.0028, 0.0001, 0), and doubled. */
const LAWFUL = [0.005, 0.0005, 0.0005];
/** Spikes so far out are news up to this many a series and horizon; more of them are how the group is. */
const USUAL_SPIKES = 0.002;
/** Horizons after which what came back weighs 1/e. */
const MEMORY = 6;
/** Sums stand on this grid, so that they are exact and do not depend on the order of the series. */
const GRID = 2 ** 20;

const onGrid = (value: number): number => Math.round(value * GRID) / GRID;

/** The stage of a change that has stood for so many buckets before this one. */
export const stageOf = (buckets: number, slots: number): number =>
  buckets < SPIKE_BUCKETS ? 0 : buckets < (slots > 28 ? 24 : 7) ? 1 : 2;

/** One more bucket with so much evidence: the largest by the end of each stage, `STAGES` a series. */
export const heighten = (
  peaks: Float64Array,
  from: number,
  { stage, evidence }: { readonly stage: number; readonly evidence: number },
): void => {
  for (let k = stage; k < STAGES; k++) if (evidence > (peaks[from + k] as number)) peaks[from + k] = evidence;
};

/** By how much the evidence grew in a stage, at most to `limit`. */
const growthIn = (
  peaks: Float64Array,
  at: number,
  { stage, limit }: { stage: number; limit: number },
): number => {
  const start = stage === 0 ? 1 : (peaks[at - 1] as number);
  return Math.max(1, Math.min(limit, peaks[at] as number) / start);
};

/** A change came back by itself, without a level that stayed. */
export const countReturn = (
  doubt: Float64Array,
  group: number,
  { peaks, from }: { readonly peaks: Float64Array; readonly from: number },
): void => {
  for (let stage = 0; stage < STAGES; stage++) {
    const growth = growthIn(peaks, from + stage, { stage, limit: Infinity });
    if (growth < LEAST) continue;
    const at = DOUBT_SUMS * group + 1 + 2 * stage;
    doubt[at] = (doubt[at] as number) + 1;
    doubt[at + 1] = (doubt[at + 1] as number) + onGrid(Math.log(Math.log(growth) / LOG_LEAST));
  }
};

/** Sums of the groups, and of all groups together, which a group is shrunk to. */
export interface Doubts {
  readonly doubt: Float64Array;
  readonly shop: Float64Array;
}

/** O(groups). */
export const doubtsOf = (doubt: Float64Array): Doubts => {
  const shop = new Float64Array(DOUBT_SUMS);
  for (let k = 0; k < doubt.length; k++)
    shop[k % DOUBT_SUMS] = (shop[k % DOUBT_SUMS] as number) + (doubt[k] as number);
  return { doubt, shop };
};

/** One bucket more, of so many judged series in each group. */
export const forgetReturns = (doubt: Float64Array, judged: Float64Array, horizon: number): void => {
  const keep = 1 - 1 / (MEMORY * horizon);
  for (let k = 0; k < doubt.length; k++) doubt[k] = onGrid(keep * (doubt[k] as number));
  judged.forEach((series, group) => {
    doubt[DOUBT_SUMS * group] = (doubt[DOUBT_SUMS * group] as number) + onGrid(series / horizon);
  });
};

/**
 * What growth of evidence in a stage is worth in a group, judged by what came back there by itself. Under the law a growth of c comes at
 * most once in c horizons of a series. If it comes back more often, the law does not hold: the share p(c) of series and horizons in
 * which it did (Pareto tail beyond 10: Hill 1975; shrunk to the law's) says what it is worth instead, 1/p(c).
 */
const worthIn = (
  { doubt, shop }: Doubts,
  from: number,
  { stage, growth }: { readonly stage: number; readonly growth: number },
): number => {
  if (growth < LEAST) return growth;
  const pool = shop[0] === 0 ? 0 : Math.min(1, POOL / (shop[0] as number));
  const sum = (which: number): number => (doubt[from + which] as number) + pool * (shop[which] as number);
  const returns = sum(1 + 2 * stage);
  const room = sum(0);
  const beyond = returns - (LAWFUL[stage] as number) * room;
  if (beyond <= 0) return growth;
  const tail = (returns + RETURNS_PRIOR) / (sum(2 + 2 * stage) + RETURNS_PRIOR / TAIL_GUESS);
  const share = (beyond / (room + ROOM_PRIOR)) * (Math.log(growth) / LOG_LEAST) ** -tail;
  if (stage === 0 && share < USUAL_SPIKES) return growth;
  return 1 / (share + 1 / growth);
};

/** What evidence is worth after its three stages; never more than it is. O(1). */
export const worthOf = (
  doubts: Doubts,
  group: number,
  {
    peaks,
    from,
    evidence,
  }: { readonly peaks: Float64Array; readonly from: number; readonly evidence: number },
): number => {
  // Evidence that never stood high has no stages.
  if (peaks[from + STAGES - 1] === 0) return evidence;
  let worth = 1;
  for (let stage = 0; stage < STAGES; stage++) {
    const growth = growthIn(peaks, from + stage, { stage, limit: evidence });
    worth *= worthIn(doubts, DOUBT_SUMS * group, { stage, growth });
  }
  return Math.min(worth, evidence);
};
