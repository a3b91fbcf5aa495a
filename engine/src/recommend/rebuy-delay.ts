/** What was seen of one category. */
export interface CategoryRebuys {
  readonly category: string;
  /** Whole days between one purchase of an item and the same person's next one → how often. Days >= 1. */
  readonly gaps: ReadonlyMap<number, number>;
  /** (person, item) pairs first bought long enough ago that a second purchase could have been seen. */
  readonly pairs: number;
  /** Those of them that were bought again. */
  readonly rebought: number;
}

export interface RebuyDelay {
  readonly category: string;
  /** Days after a purchase during which the same item is not proposed again. */
  readonly days: number;
  /**
   * learned: the category's own gaps, drawn towards the whole shop's when they are few; overall: the category has none;
   * rarely: hardly anybody buys the same again; assumed: the whole shop has too few gaps to learn anything.
   */
  readonly basis: 'learned' | 'overall' | 'rarely' | 'assumed';
  /** Gaps seen in the category. */
  readonly gaps: number;
}

export interface LearnedDelays {
  /** Null when the shop has fewer than `MINIMUM_GAPS`: then `days` of every category is the assumption. */
  readonly overallDays: number | null;
  readonly byCategory: readonly RebuyDelay[];
}

/** Fewer repeat purchases than this in the whole shop teach nothing. */
export const MINIMUM_GAPS = 30;
/** Used when nothing can be learned. */
export const ASSUMED_DAYS = 30;
/** A category where people rebuy this rarely sells lasting things: nobody wants a second kettle next month. */
export const RARE_SHARE = 0.05;
export const RARE_DAYS = 365;
/** Pairs needed before "rarely" is said. */
const MINIMUM_PAIRS = 50;
/** The shop's median weighs as much as this many gaps of the category itself. */
const PRIOR_GAPS = 20;

const countOf = (gaps: ReadonlyMap<number, number>): number => {
  let total = 0;
  for (const count of gaps.values()) total += count;
  return total;
};

/** The day by which the share `q` in (0, 1] of the gaps has passed. */
export const gapQuantile = (gaps: ReadonlyMap<number, number>, q: number): number => {
  const target = q * countOf(gaps);
  let passed = 0;
  const days = [...gaps.keys()].sort((a, b) => a - b);
  for (const day of days) {
    passed += gaps.get(day) as number;
    if (passed >= target) return day;
  }
  throw new RangeError('gapQuantile: there are no gaps');
};

const merged = (categories: readonly CategoryRebuys[]): Map<number, number> => {
  const all = new Map<number, number>();
  for (const { gaps } of categories)
    for (const [day, count] of gaps) all.set(day, (all.get(day) ?? 0) + count);
  return all;
};

/**
 * The usual time until an item is bought again, per category: the median gap, shrunk on the log scale towards the whole
 * shop's by PRIOR_GAPS. Only gaps that ended are seen, so delays lean short on young data.
 */
export const learnRebuyDelays = (categories: readonly CategoryRebuys[]): LearnedDelays => {
  for (const { category, gaps } of categories) {
    for (const [day, count] of gaps) {
      if (!(day >= 1) || !(count >= 0))
        throw new RangeError(`learnRebuyDelays: ${category} has a gap of ${day} days, ${count} times`);
    }
  }
  const all = merged(categories);
  const overallDays = countOf(all) >= MINIMUM_GAPS ? gapQuantile(all, 0.5) : null;
  const byCategory = categories.map(({ category, gaps, pairs, rebought }): RebuyDelay => {
    const n = countOf(gaps);
    if (overallDays === null) return { category, days: ASSUMED_DAYS, basis: 'assumed', gaps: n };
    if (pairs >= MINIMUM_PAIRS && rebought < RARE_SHARE * pairs)
      return { category, days: Math.max(RARE_DAYS, overallDays), basis: 'rarely', gaps: n };
    if (n === 0) return { category, days: overallDays, basis: 'overall', gaps: 0 };
    const logDays =
      (n * Math.log(gapQuantile(gaps, 0.5)) + PRIOR_GAPS * Math.log(overallDays)) / (n + PRIOR_GAPS);
    return { category, days: Math.max(1, Math.round(Math.exp(logDays))), basis: 'learned', gaps: n };
  });
  return { overallDays, byCategory };
};
