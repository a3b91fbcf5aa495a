import { checkFinite, checkLength, checkPositive, engineError } from '../../../errors/index.ts';
import { tell, type Watch } from '../../../fitting/index.ts';
import type { Interactions } from '../../interactions/index.ts';

/** A number below `count` for each person or item. */
export interface Groups {
  readonly of: Uint32Array;
  readonly count: number;
}

export interface PopularitySettings {
  /** End of the window; the latest interaction by default. */
  readonly nowMs?: number;
  /** Pairs whose last order is older do not count; all do by default. */
  readonly windowDays?: number;
  /** Category of each item, for `categoryLift` and lists by category. */
  readonly category?: Groups;
  /** Region of each person. */
  readonly region?: Groups;
}

/** Distinct buyers per item within a window, whole and by region. */
export interface PopularityModel {
  readonly kind: 'popularity';
  readonly items: number;
  /** Buyers of each item. */
  readonly buyers: Uint32Array;
  /** People with anything in the window. */
  readonly people: number;
  /** Category per item; empty where not given. */
  readonly category: Uint32Array;
  readonly categories: number;
  readonly regions: number;
  /** People of each region with anything in the window. */
  readonly regionPeople: Uint32Array;
  /** Items with buyers in region r: `regionItem[regionStart[r]]` to `regionItem[regionStart[r + 1] - 1]`, ascending. */
  readonly regionStart: Uint32Array;
  readonly regionItem: Uint32Array;
  readonly regionBuyers: Uint32Array;
}

const DAY_MS = 86_400_000;
/** Pairs between two words to the watch: some 10 ms. */
const CHUNK = 5e5;

const checkGroups = (name: string, { of, count }: Groups, length: number): void => {
  checkLength(`${name}.of`, of.length, length);
  for (let k = 0; k < of.length; k++)
    if ((of[k] as number) >= count)
      throw engineError('out_of_range', `${name}.of[${k}] is ${of[k]}, there are ${count}`, {
        name,
        index: k,
      });
};

const windowStart = ({ lastAtMs }: Interactions, { nowMs, windowDays }: PopularitySettings): number => {
  if (nowMs !== undefined) checkFinite('nowMs', nowMs);
  if (windowDays === undefined) return Number.NEGATIVE_INFINITY;
  checkPositive('windowDays', windowDays);
  return (nowMs ?? lastAtMs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)) - windowDays * DAY_MS;
};

/** People of each region, listed together: a region's buyers are counted in one go. */
const peopleByRegion = (region: Groups): { readonly start: Uint32Array; readonly person: Uint32Array } => {
  const start = new Uint32Array(region.count + 1);
  for (const r of region.of) start[r + 1] = (start[r + 1] as number) + 1;
  for (let r = 0; r < region.count; r++) start[r + 1] = (start[r + 1] as number) + (start[r] as number);
  const free = start.slice(0, region.count);
  const person = new Uint32Array(region.of.length);
  for (let u = 0; u < region.of.length; u++) {
    const r = region.of[u] as number;
    const at = free[r] as number;
    free[r] = at + 1;
    person[at] = u;
  }
  return { start, person };
};

/**
 * How many different people bought each item within a window, whole and by region. This is of the shop, not of anybody's taste: every
 * pair counts 1, however much of it is a gift; collect without `own` to count what was given away altogether, too. A pair counts when its last order is
 * inside, so that the window must end at or after the interactions' last instant to be exact. O(pairs + items).
 *
 * @example popularityTaste(fitPopularity(interactions, { windowDays: 30 })).score(history, scores)
 */
export const fitPopularity = (
  interactions: Interactions,
  settings: PopularitySettings = {},
  watch?: Watch,
): PopularityModel => {
  const { people, items, start, item, lastAtMs } = interactions;
  const { category, region } = settings;
  const from = windowStart(interactions, settings);
  if (category) checkGroups('category', category, items);
  if (region) checkGroups('region', region, people);
  const groups = region ?? { of: new Uint32Array(people), count: 1 };
  const order = peopleByRegion(groups);
  const buyers = new Uint32Array(items);
  const regionPeople = new Uint32Array(groups.count);
  const regionStart = new Uint32Array(groups.count + 1);
  const regionItem: number[] = [];
  const regionBuyers: number[] = [];
  const counts = new Uint32Array(items);
  const touched = new Uint32Array(items);
  let told = 0;
  let pairs = 0;
  for (let r = 0; r < groups.count; r++) {
    let met = 0;
    for (let k = order.start[r] as number; k < (order.start[r + 1] as number); k++) {
      const u = order.person[k] as number;
      const end = start[u + 1] as number;
      let any = 0;
      for (let p = start[u] as number; p < end; p++) {
        if ((lastAtMs[p] as number) < from) continue;
        const i = item[p] as number;
        if (counts[i] === 0) touched[met++] = i;
        counts[i] = (counts[i] as number) + 1;
        any = 1;
      }
      regionPeople[r] = (regionPeople[r] as number) + any;
      pairs += end - (start[u] as number);
      if (pairs - told >= CHUNK) {
        told = pairs;
        tell(watch, 'popularity', pairs / item.length);
      }
    }
    for (const i of touched.subarray(0, met).sort()) {
      buyers[i] = (buyers[i] as number) + (counts[i] as number);
      if (region) {
        regionItem.push(i);
        regionBuyers.push(counts[i] as number);
      }
      counts[i] = 0;
    }
    regionStart[r + 1] = regionItem.length;
  }
  tell(watch, 'popularity', 1);
  return {
    kind: 'popularity',
    items,
    buyers,
    people: regionPeople.reduce((a, b) => a + b, 0),
    category: category?.of ?? new Uint32Array(0),
    categories: category?.count ?? 0,
    regions: region?.count ?? 0,
    regionPeople: region ? regionPeople : new Uint32Array(0),
    regionStart: region ? regionStart : new Uint32Array(1),
    regionItem: Uint32Array.from(regionItem),
    regionBuyers: Uint32Array.from(regionBuyers),
  };
};
