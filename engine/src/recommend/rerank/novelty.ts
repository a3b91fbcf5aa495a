import type { Interactions } from '../interactions/index.ts';

/**
 * Bits of each item: −log2 of the share of people who have it (self-information: Zhou et al., PNAS 2010), half a person added so that an
 * item that nobody has is finite. O(pairs + items).
 *
 * @example selfInformation(interactions) // 1 bit for what half of all people have
 */
export const selfInformation = ({ people, items, item }: Interactions): Float64Array => {
  const having = new Float64Array(items);
  for (let p = 0; p < item.length; p++) having[item[p] as number] = (having[item[p] as number] as number) + 1;
  return having.map((n) => -Math.log2((n + 0.5) / (people + 0.5)) + 0);
};
