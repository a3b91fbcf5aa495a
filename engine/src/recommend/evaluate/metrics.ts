/** log2(rank + 1) discounts, made once for all people. */
export interface Discounts {
  readonly gain: Float64Array;
  /** `ideal[n]` is the gain of n hits at the top. */
  readonly ideal: Float64Array;
}

export const discountsTo = (k: number): Discounts => {
  const gain = Float64Array.from({ length: k }, (_, rank) => 1 / Math.log2(rank + 2));
  const ideal = new Float64Array(k + 1);
  for (let rank = 0; rank < k; rank++) ideal[rank + 1] = (ideal[rank] as number) + (gain[rank] as number);
  return { gain, ideal };
};

/** One person's ranking against what they wanted. */
export interface PersonMetrics {
  /** Hits ÷ wanted: cannot reach 1 where more than k are wanted. */
  readonly recall: number;
  /** Hits ÷ min(k, wanted), as Liang et al. (WWW 2018) and the EASE and iALS papers count. */
  readonly recallMin: number;
  /** Binary gains 1/log2(rank + 1), over the best possible of min(k, wanted) hits. */
  readonly ndcg: number;
  /** 1 where anything wanted is among the k. */
  readonly hit: number;
}

/**
 * Metrics of the first k of a ranking. `isHit[r]` is 1 where the item at rank r (from 0) was wanted; a list shorter than k
 * has no hits beyond its end. `wanted` >= 1 counts all items wanted, ranked or not. O(k).
 *
 * @example metricsAt(Uint8Array.of(1, 0), { k: 2, wanted: 3, discounts: discountsTo(2) }) // recall 1/3, recallMin 1/2, ndcg 1/1.63
 */
export const metricsAt = (
  isHit: Uint8Array,
  { k, wanted, discounts }: { readonly k: number; readonly wanted: number; readonly discounts: Discounts },
): PersonMetrics => {
  const { gain, ideal } = discounts;
  let hits = 0;
  let gained = 0;
  const end = Math.min(k, isHit.length);
  for (let rank = 0; rank < end; rank++) {
    if (isHit[rank] !== 1) continue;
    hits += 1;
    gained += gain[rank] as number;
  }
  const most = Math.min(k, wanted);
  return {
    recall: hits / wanted,
    recallMin: hits / most,
    ndcg: gained / (ideal[most] as number),
    hit: hits > 0 ? 1 : 0,
  };
};
