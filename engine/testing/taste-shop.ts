import { createRandom, type Random } from '../src/random/index.ts';
import type { TasteEvents } from '../src/recommend/interactions/index.ts';

export interface TasteShop {
  readonly events: TasteEvents & { readonly order: Uint32Array };
  /** Of each line, for a piece. */
  readonly price: Float64Array;
  /** people × clusters: what each person likes; sums to 1. No model sees it. */
  readonly tastes: readonly Float64Array[];
  /** The instant that splits what is known from what is foretold: the last fifth of the time. */
  readonly splitMs: number;
}

export interface TasteShopSettings {
  readonly people: number;
  readonly items: number;
  readonly seed: number;
}

const CLUSTERS = 24;
const DAYS = 360;
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2025, 0, 1);

const pick = (random: Random, cumulative: Float64Array): number => {
  const u = random.uniform() * (cumulative.at(-1) ?? 0);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] as number) > u) high = middle;
    else low = middle + 1;
  }
  return low;
};

const cumulate = (weights: Float64Array): Float64Array => {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
};

/**
 * A shop whose truth is known: people like one to four of 24 clusters, items of a cluster have a long tail, are sold from some day
 * on and fade, a third of them are used up and bought again. Orders hold three items on average. Nobody leaves for good; for lifetimes
 * and amounts see `lifetime-shop.ts`.
 */
export const generateTasteShop = ({ people, items, seed }: TasteShopSettings): TasteShop => {
  const random = createRandom(seed, 'generated shop');
  const perCluster = Math.floor(items / CLUSTERS);
  const launched = Float64Array.from({ length: items }, () => random.between(-DAYS, DAYS * 0.9));
  const isUsedUp = Uint8Array.from({ length: items }, () => (random.chance(0.33) ? 1 : 0));
  const price = Float64Array.from({ length: items }, (_, i) =>
    random.lognormal(Math.log(8 + 3 * (Math.floor(i / perCluster) % 8)), 0.5),
  );
  const shelf = cumulate(Float64Array.from({ length: perCluster }, (_, rank) => 1 / (rank + 3)));
  const tastes = Array.from({ length: people }, () => {
    const taste = new Float64Array(CLUSTERS);
    const liked = random.integer(1, 4);
    for (let k = 0; k < liked; k++) {
      const c = random.integer(0, CLUSTERS - 1);
      taste[c] = (taste[c] as number) + random.exponential(1);
    }
    const total = taste.reduce((a, b) => a + b, 0);
    return taste.map((weight) => (0.9 * weight) / total + 0.1 / CLUSTERS);
  });
  const lines: { person: number; item: number; atMs: number; order: number; price: number }[] = [];
  let order = 0;
  for (const [person, taste] of tastes.entries()) {
    const liked = cumulate(taste);
    const everyDays = random.lognormal(Math.log(35), 0.6);
    const usedUp: number[] = [];
    for (let day = random.exponential(1 / everyDays); day < DAYS; day += random.exponential(1 / everyDays)) {
      order += 1;
      const size = 1 + random.poisson(2);
      for (let line = 0; line < size; line++) {
        let item = -1;
        if (usedUp.length > 0 && random.chance(0.35)) item = random.choice(usedUp);
        for (let tries = 0; item < 0 && tries < 20; tries++) {
          const found = pick(random, liked) * perCluster + pick(random, shelf);
          const age = day - (launched[found] as number);
          if (age >= 0 && random.chance(0.5 ** (age / 120))) item = found;
        }
        if (item < 0) continue;
        if (isUsedUp[item] === 1) usedUp.push(item);
        const atMs = START_MS + Math.floor(day * DAY_MS);
        lines.push({ person, item, atMs, order, price: price[item] as number });
      }
    }
  }
  return {
    events: {
      people,
      items,
      person: Uint32Array.from(lines, (line) => line.person),
      item: Uint32Array.from(lines, (line) => line.item),
      order: Uint32Array.from(lines, (line) => line.order),
      atMs: Float64Array.from(lines, (line) => line.atMs),
    },
    price: Float64Array.from(lines, (line) => line.price),
    tastes,
    splitMs: START_MS + 0.8 * DAYS * DAY_MS,
  };
};
