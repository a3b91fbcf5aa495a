import { engineError } from '../errors/index.ts';
import { poissonFrom } from './poisson.ts';
import { createXoshiro, stateOf } from './xoshiro.ts';

/** A seeded source of random numbers. The same seed and stream give the same numbers on every machine, for ever. */
export interface Random {
  /** A whole number in [0, 2^32). */
  readonly uint32: () => number;
  /** In [0, 1), 53 random bits. */
  readonly uniform: () => number;
  /** In [low, high). */
  readonly between: (low: number, high: number) => number;
  /** A whole number in [low, high], both ends possible, without modulo bias. */
  readonly integer: (low: number, high: number) => number;
  /** True with probability `p` in [0, 1]. */
  readonly chance: (p: number) => boolean;
  readonly normal: (mean?: number, sd?: number) => number;
  /** exp of a normal: `mu` and `sigma` are those of the logarithm. */
  readonly lognormal: (mu: number, sigma: number) => number;
  /** Waiting time at `rate` > 0 events per unit; mean 1/rate. */
  readonly exponential: (rate: number) => number;
  readonly poisson: (mean: number) => number;
  /** Mean shape × scale; both > 0. */
  readonly gamma: (shape: number, scale?: number) => number;
  /** One of a non-empty list. */
  readonly choice: <T>(items: readonly T[]) => T;
  /** One of a non-empty list, with probability proportional to its weight >= 0. */
  readonly weighted: <T>(items: readonly T[], weights: readonly number[]) => T;
  /** A shuffled copy (Fisher–Yates). */
  readonly shuffle: <T>(items: readonly T[]) => T[];
  /** An independent generator; taking one does not move this one. */
  readonly stream: (name: string) => Random;
}

const TWO_POW_MINUS_53 = 2 ** -53;

/**
 * xoshiro128** seeded by MurmurHash3 of seed and stream name (see xoshiro.ts).
 *
 * @example
 * const random = createRandom(42);
 * const orders = random.stream('orders');   // does not change when another stream draws more
 * orders.poisson(3.2);
 */
export const createRandom = (seed: number | string, stream = ''): Random => {
  const uint32 = createXoshiro(stateOf(seed, stream));
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) * TWO_POW_MINUS_53;
  let spareNormal: number | undefined;

  // Marsaglia's polar method gives two at a time.
  const standardNormal = (): number => {
    if (spareNormal !== undefined) {
      const value = spareNormal;
      spareNormal = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      spareNormal = v * factor;
      return u * factor;
    }
  };

  const integer = (low: number, high: number): number => {
    const range = high - low + 1;
    if (!Number.isInteger(low) || !Number.isInteger(high) || range < 1 || range > 2 ** 32) {
      throw engineError(
        'out_of_range',
        `integer: need whole low <= high less than 2^32 apart, got ${low}, ${high}`,
      );
    }
    const limit = 2 ** 32 - (2 ** 32 % range);
    let word = uint32();
    while (word >= limit) word = uint32();
    return low + (word % range);
  };

  // Marsaglia and Tsang 2000, "A simple method for generating gamma variables".
  const standardGamma = (shape: number): number => {
    if (shape < 1) return standardGamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = standardNormal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };

  const choice = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw engineError('empty_input', 'choice: the list is empty');
    return items[integer(0, items.length - 1)] as T;
  };

  return {
    uint32,
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer,
    chance: (p) => uniform() < p,
    normal: (mean = 0, sd = 1) => mean + sd * standardNormal(),
    lognormal: (mu, sigma) => Math.exp(mu + sigma * standardNormal()),
    exponential: (rate) => {
      if (!(rate > 0)) throw engineError('out_of_range', `exponential: the rate must be > 0, got ${rate}`);
      return -Math.log(1 - uniform()) / rate;
    },
    poisson: (mean) => poissonFrom(uniform, mean),
    gamma: (shape, scale = 1) => {
      if (!(shape > 0) || !(scale > 0))
        throw engineError('out_of_range', `gamma: shape and scale must be > 0, got ${shape}, ${scale}`);
      return standardGamma(shape) * scale;
    },
    choice,
    weighted: (items, weights) => {
      let total = 0;
      for (const weight of weights) total += weight;
      if (
        items.length === 0 ||
        items.length !== weights.length ||
        !(total > 0) ||
        weights.some((w) => !(w >= 0))
      ) {
        throw engineError('negative_weight', 'weighted: need one weight >= 0 per item and a positive total');
      }
      let point = uniform() * total;
      let last = 0;
      for (let i = 0; i < items.length; i++) {
        const weight = weights[i] as number;
        if (weight === 0) continue;
        last = i;
        if (point < weight) break;
        point -= weight;
      }
      return items[last] as (typeof items)[number];
    },
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(0, i);
        const held = copy[i] as (typeof copy)[number];
        copy[i] = copy[j] as (typeof copy)[number];
        copy[j] = held;
      }
      return copy;
    },
    stream: (name) => createRandom(seed, stream === '' ? name : `${stream}/${name}`),
  };
};
