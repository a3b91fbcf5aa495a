import type { Orders, PurchaseParameters } from '../src/lifetime/index.ts';
import { createRandom } from '../src/random/index.ts';

export interface LifetimeShop {
  readonly orders: Orders;
  /** When each person left for good, ms since 1970; Infinity under `nbd`. */
  readonly leftMs: Float64Array;
}

export interface LifetimeShopPlan {
  readonly people: number;
  readonly parameters: PurchaseParameters;
  readonly seed: number | string;
  /** People come within the first so many days. */
  readonly joinDays: number;
  readonly days: number;
  /** Gamma-Gamma amounts; p 6.25, q 3.74, v 15.44 unless said. */
  readonly spend?: { readonly p: number; readonly q: number; readonly v: number };
}

const DAY = 86_400_000;

/** A population that follows a purchase model exactly (in weeks), with known truth, from the ms-epoch day 0: who buys when and for how much, no items. For items
 * and tastes see `taste-shop.ts`. */
export const simulateLifetimeShop = ({
  people,
  parameters,
  seed,
  joinDays,
  days,
  spend,
}: LifetimeShopPlan): LifetimeShop => {
  const random = createRandom(seed, 'shop');
  const { p, q, v } = spend ?? { p: 6.25, q: 3.74, v: 15.44 };
  const [person, atMs, amount]: [number[], number[], number[]] = [[], [], []];
  const leftMs = new Float64Array(people).fill(Infinity);
  const chanceToLeave = (): number => {
    if (parameters.model !== 'bg_nbd' && parameters.model !== 'mbg_nbd') return 0;
    const [x, y] = [random.gamma(parameters.a), random.gamma(parameters.b)];
    return x / (x + y);
  };
  for (let who = 0; who < people; who++) {
    const rate = random.gamma(parameters.r, 1 / parameters.alpha);
    const leave = chanceToLeave();
    const joined = random.between(0, joinDays) / 7;
    const ends =
      parameters.model === 'pareto_nbd'
        ? joined + random.exponential(random.gamma(parameters.s, 1 / parameters.beta))
        : Infinity;
    const scale = 1 / random.gamma(q, 1 / v);
    let left = ends;
    let at = joined;
    const buy = (): void => {
      person.push(who);
      atMs.push(at * 7 * DAY);
      amount.push(random.gamma(p, scale));
    };
    buy();
    if (parameters.model === 'mbg_nbd' && random.chance(leave)) left = at;
    while (left > at) {
      at += random.exponential(Math.max(rate, 1e-12));
      if (at > ends || at * 7 > days) break;
      buy();
      if (random.chance(leave)) left = at;
    }
    leftMs[who] = left * 7 * DAY;
  }
  return {
    orders: {
      people,
      person: Uint32Array.from(person),
      atMs: Float64Array.from(atMs),
      amount: Float64Array.from(amount),
    },
    leftMs,
  };
};
