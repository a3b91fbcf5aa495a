import { WEEK_HOURS } from '../local-time/index.ts';

/**
 * What an event says about other hours, in parts: the hour of the day (exactly, within about 1 h, within about 3 h, any) times the day
 * (any, the same kind, the same); any hour of any day says nothing and is left out. Kind: Monday to Friday, or the weekend.
 */
export const PARTS = 11;

const WIDTHS = [0, 1, 3] as const;

const near = (apart: number, width: number): number => {
  const around = Math.min(apart, 24 - apart);
  if (width === 0) return around === 0 ? 1 : 0;
  return Math.exp((-around * around) / (2 * width * width));
};

const relationOf = (a: number, b: number): 0 | 1 | 2 => (a === b ? 2 : a >= 5 === b >= 5 ? 1 : 0);

/** Kernel values by hours apart (24) and relation of the days (3: other kind, same kind, same day), PARTS each: 6 kB. */
const VALUES = new Float64Array(24 * 3 * PARTS);
for (let apart = 0; apart < 24; apart++) {
  for (const relation of [0, 1, 2]) {
    const row = (apart * 3 + relation) * PARTS;
    WIDTHS.forEach((width, w) => {
      for (let day = 0; day <= relation; day++) VALUES[row + w * 3 + day] = near(apart, width);
    });
    for (let day = 1; day <= relation; day++) VALUES[row + 8 + day] = 1;
  }
}

/** Where the values of two hours of the week stand in VALUES. */
const ROWS = new Uint16Array(WEEK_HOURS * WEEK_HOURS);
for (let h = 0; h < WEEK_HOURS; h++) {
  for (let g = 0; g < WEEK_HOURS; g++) {
    const relation = relationOf(Math.floor(h / 24), Math.floor(g / 24));
    ROWS[h * WEEK_HOURS + g] = (Math.abs((h % 24) - (g % 24)) * 3 + relation) * PARTS;
  }
}

/**
 * 1/Σ_h base(h) κ_k(h, g) for each hour g (168 × PARTS): what makes base × κ_k(·, g) × this a distribution over the hours. 0 where the
 * base has nothing around. O(168² PARTS), 0.3 ms.
 */
export const normalisersOf = (base: Float64Array): Float64Array => {
  const out = new Float64Array(WEEK_HOURS * PARTS);
  for (let g = 0; g < WEEK_HOURS; g++) {
    for (let h = 0; h < WEEK_HOURS; h++) {
      const share = base[h] as number;
      if (share === 0) continue;
      const row = ROWS[h * WEEK_HOURS + g] as number;
      for (let k = 0; k < PARTS; k++)
        out[g * PARTS + k] = (out[g * PARTS + k] as number) + share * (VALUES[row + k] as number);
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = out[i] === 0 ? 0 : 1 / (out[i] as number);
  return out;
};

/** Hours of the week and the mass on each, the first `count` entries. */
export interface Masses {
  count: number;
  /** 0 … 167. */
  readonly hour: Uint8Array;
  readonly mass: Float64Array;
}

export const createMasses = (): Masses => ({
  count: 0,
  hour: new Uint8Array(WEEK_HOURS),
  mass: new Float64Array(WEEK_HOURS),
});

/** All hours that have any mass, of a row of 168. */
export const massesOf = (counts: Float64Array, into: Masses): Masses => {
  into.count = 0;
  for (let h = 0; h < WEEK_HOURS; h++) {
    if (counts[h] === 0) continue;
    into.hour[into.count] = h;
    into.mass[into.count] = counts[h] as number;
    into.count++;
  }
  return into;
};

/**
 * Adds `sign` × Σ_j mass_j κ_k(at, hour_j) normaliser_k(hour_j) to PARTS places of `out` from `place` on. O(masses × PARTS), no
 * allocation.
 */
export const addSums = (
  { masses, normalisers }: { readonly masses: Masses; readonly normalisers: Float64Array },
  { at, sign }: { readonly at: number; readonly sign: number },
  { out, place }: { readonly out: Float64Array; readonly place: number },
): void => {
  const first = at * WEEK_HOURS;
  for (let j = 0; j < masses.count; j++) {
    const g = masses.hour[j] as number;
    const mass = sign * (masses.mass[j] as number);
    const row = ROWS[first + g] as number;
    const own = g * PARTS;
    for (let k = 0; k < PARTS; k++)
      out[place + k] =
        (out[place + k] as number) + mass * (VALUES[row + k] as number) * (normalisers[own + k] as number);
  }
};

/** Σ_k weight_k κ_k(h, g) normaliser_k(g). */
export const mixedKernel = (
  { weights, normalisers }: { readonly weights: Float64Array; readonly normalisers: Float64Array },
  h: number,
  g: number,
): number => {
  const row = ROWS[h * WEEK_HOURS + g] as number;
  let sum = 0;
  for (let k = 0; k < PARTS; k++)
    sum += (weights[k] as number) * (VALUES[row + k] as number) * (normalisers[g * PARTS + k] as number);
  return sum;
};
