import { checkAllFinite, checkFinite, engineError } from '../../errors/index.ts';
import type { TasteHistory } from '../interactions/index.ts';
import { checkItem, checkScoring } from '../models/check-scoring.ts';
import {
  type CatalogueRules,
  checkCatalogue,
  UNKNOWN_AGE,
  UNKNOWN_REGIONS,
  UNKNOWN_TOPICS,
} from './catalogue.ts';

/** Whom something is proposed to, and where. What is left out is unknown: restricted items are then not proposed. */
export interface EligibilityRequest {
  readonly nowMs: number;
  /** What they bought. */
  readonly history?: TasteHistory;
  /** Years. */
  readonly age?: number;
  readonly region?: string;
  /** Sensitive topics that this person has agreed to, one bit each; none unless said. */
  readonly agreedTopics?: number;
}

/** Why an item may not be proposed. */
export type Refusal = 'unavailable' | 'bought' | 'sensitive' | 'age' | 'region';

/** Which items may be proposed to one person now. */
export interface Eligible {
  readonly items: number;
  /** 1 where it may be proposed. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** Items refused, by the first reason that was met, in this order. */
  readonly refused: Readonly<Record<Refusal, number>>;
}

const DAY_MS = 86_400_000;
export const REFUSALS: readonly Refusal[] = ['unavailable', 'bought', 'sensitive', 'age', 'region'];

/** Each question is asked so that anything odd (NaN, a code that is not known) is a no. */
interface Judge {
  readonly available: (item: number) => boolean;
  readonly due: (item: number, lastAtMs: number) => boolean;
  readonly decent: (item: number) => boolean;
  readonly oldEnough: (item: number) => boolean;
  readonly here: (item: number) => boolean;
}

const judgeOf = (rules: CatalogueRules, request: EligibilityRequest): Judge => {
  const { nowMs, age, region } = request;
  const agreed = request.agreedTopics ?? 0;
  const inGroup = rules.regionGroups.map(
    (group) => group === 'all' || (region !== undefined && group.has(region)),
  );
  return {
    available: (item) => rules.available[item] === 1,
    due: (item, lastAtMs) => {
      const days = rules.rebuyDays[item] as number;
      return days >= 0 && nowMs >= lastAtMs + days * DAY_MS;
    },
    decent: (item) => {
      const topics = rules.topics[item] as number;
      return topics !== UNKNOWN_TOPICS && (topics & ~agreed) === 0;
    },
    oldEnough: (item) => {
      const least = rules.minimumAge[item] as number;
      return least === 0 || (least !== UNKNOWN_AGE && age !== undefined && age >= least);
    },
    here: (item) => {
      const group = rules.regionGroup[item] as number;
      return group !== UNKNOWN_REGIONS && inGroup[group] === true;
    },
  };
};

const checkRequest = (
  rules: CatalogueRules,
  { nowMs, history, age, agreedTopics }: EligibilityRequest,
): void => {
  checkCatalogue(rules);
  checkFinite('nowMs', nowMs);
  if (age !== undefined && checkFinite('age', age) < 0)
    throw engineError('out_of_range', `age must be >= 0, got ${age}`, { age });
  if (agreedTopics !== undefined && !(agreedTopics >>> 0 === agreedTopics && agreedTopics !== UNKNOWN_TOPICS))
    throw engineError('out_of_range', `agreedTopics must be bits, not all of them, got ${agreedTopics}`);
  if (!history) return;
  checkScoring(rules.items, history);
  checkAllFinite('lastAtMs', history.lastAtMs);
};

/** Last purchase of each item; -Infinity for none. */
const lastPurchases = (items: number, history: TasteHistory | undefined): Float64Array | undefined => {
  if (!history || history.item.length === 0) return undefined;
  const last = new Float64Array(items).fill(Number.NEGATIVE_INFINITY);
  history.item.forEach((item, h) => {
    last[item] = Math.max(last[item] as number, history.lastAtMs[h] as number);
  });
  return last;
};

const refusalOf = (judge: Judge, item: number, lastAtMs: number): Refusal | undefined => {
  if (!judge.available(item)) return 'unavailable';
  if (lastAtMs !== Number.NEGATIVE_INFINITY && !judge.due(item, lastAtMs)) return 'bought';
  if (!judge.decent(item)) return 'sensitive';
  if (!judge.oldEnough(item)) return 'age';
  return judge.here(item) ? undefined : 'region';
};

/**
 * Which items may be proposed: available, not bought within their delay, of no sensitive topic that was not agreed to, for the person's age
 * and region. Everything unknown is a no, whether the shop does not say it of an item or nobody knows it of a person; a request that
 * makes no sense throws, and nothing is proposed. O(items).
 *
 * @throws EngineError `length_mismatch`, `unknown_key`, `nan`, `not_finite`, `out_of_range`
 * @example
 * const eligible = eligibleItems(rules, { nowMs, history, age: 34, region: 'FR' });
 * topEligible(scores, eligible, 10); // nothing else can be in it
 */
export const eligibleItems = (rules: CatalogueRules, request: EligibilityRequest): Eligible => {
  checkRequest(rules, request);
  const judge = judgeOf(rules, request);
  const last = lastPurchases(rules.items, request.history);
  const mask = new Uint8Array(rules.items);
  const refused: Record<Refusal, number> = { unavailable: 0, bought: 0, sensitive: 0, age: 0, region: 0 };
  let count = 0;
  for (let item = 0; item < rules.items; item++) {
    const refusal = refusalOf(judge, item, last ? (last[item] as number) : Number.NEGATIVE_INFINITY);
    if (refusal === undefined) {
      mask[item] = 1;
      count += 1;
    } else refused[refusal] += 1;
  }
  return { items: rules.items, mask, count, refused };
};

/**
 * All reasons why an item may not be proposed; none where it may.
 *
 * @throws EngineError as `eligibleItems`
 * @example refusalsOf(rules, request, 12) // ['bought', 'age']
 */
export const refusalsOf = (
  rules: CatalogueRules,
  request: EligibilityRequest,
  item: number,
): readonly Refusal[] => {
  checkRequest(rules, request);
  checkItem(rules.items, item);
  const judge = judgeOf(rules, request);
  const lastAtMs = lastPurchases(rules.items, request.history)?.[item] ?? Number.NEGATIVE_INFINITY;
  const met: Record<Refusal, boolean> = {
    unavailable: judge.available(item),
    bought: lastAtMs === Number.NEGATIVE_INFINITY || judge.due(item, lastAtMs),
    sensitive: judge.decent(item),
    age: judge.oldEnough(item),
    region: judge.here(item),
  };
  return REFUSALS.filter((refusal) => !met[refusal]);
};
