import { checkCount, checkProbability } from '../../errors/index.ts';
import type { Random } from '../../random/index.ts';
import type { LearnedCost } from './learned-cost.ts';
import { discountAt, worthOfList } from './relevance.ts';

export interface SurpriseSettings {
  /** Share of the list's places given to surprise in the long run, in [0, 1]. 0.1 is one of ten. */
  readonly share: number;
  /** How many of the next best are in the pool, at most. 50 unless said. */
  readonly pool?: number;
  /** Where the draws come from. */
  readonly random: Random;
  /** What shares cost, by `learnCost`. */
  readonly learned?: LearnedCost;
}

/** A place where chance had a say. What off-policy evaluation needs of it. */
export interface SurprisePlace {
  readonly place: number;
  /** Whether the item was drawn from the pool. */
  readonly explored: boolean;
  /** Probability of the item that is there, given the places before: (1 − chance) for the expected one, chance / pool size otherwise. */
  readonly propensity: number;
  readonly chance: number;
  /** What stands here without chance. */
  readonly expected: number;
  /** What could have been drawn, all alike. */
  readonly pool: Uint32Array;
}

export interface Surprised {
  /** Positions of candidates. */
  readonly list: Uint32Array;
  readonly places: readonly SurprisePlace[];
  /** Share of the plain ranking's predicted score that chance gives up on average. */
  readonly predicted: number;
}

interface SurpriseInput {
  /** Candidates' items, best first. */
  readonly item: Uint32Array;
  readonly relevance: Float64Array;
  readonly list: Uint32Array;
  readonly settings: SurpriseSettings;
}

/**
 * Gives the last ⌈share × places⌉ places to chance, each with the same probability, so that `share` of all places are drawn on average;
 * what is drawn is uniform among the next best that are not in the list. O(candidates).
 */
export const surprise = ({ item, relevance, list, settings }: SurpriseInput): Surprised => {
  const share = checkProbability('share', settings.share);
  const most = checkCount('pool', settings.pool ?? 50);
  const inList = new Set(list);
  const pool: number[] = [];
  for (let k = 0; k < item.length && pool.length < most; k++) if (!inList.has(k)) pool.push(k);
  const slots = pool.length === 0 ? 0 : Math.ceil(share * list.length);
  const chance = slots === 0 ? 0 : Math.min(1, (share * list.length) / slots);
  const mean = pool.reduce((sum, k) => sum + (relevance[k] as number), 0) / Math.max(1, pool.length);
  const plain = worthOfList(
    relevance,
    Uint32Array.from(list, (_, place) => place),
  );
  const found = list.slice();
  const places: SurprisePlace[] = [];
  let given = 0;
  for (let place = list.length - slots; place < list.length && pool.length > 0; place++) {
    const expected = list[place] as number;
    // Without replacement, every draw is the pool's mean on average.
    given += discountAt(place) * chance * ((relevance[expected] as number) - mean);
    const explored = settings.random.chance(chance);
    const at = explored ? settings.random.integer(0, pool.length - 1) : -1;
    places.push({
      place,
      explored,
      propensity: explored ? chance / pool.length : 1 - chance,
      chance,
      expected: item[expected] as number,
      pool: Uint32Array.from(pool, (k) => item[k] as number),
    });
    if (explored) found[place] = pool.splice(at, 1)[0] as number;
  }
  return { list: found, places, predicted: plain > 0 ? given / plain : 0 };
};
