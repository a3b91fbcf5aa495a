import type { Random } from '../../../src/random/index.ts';
import { createRandom } from '../../../src/random/index.ts';
import { type Bucket, dailyBuckets } from '../../../src/trend/index.ts';
import { factorAt, type World, type WorldOptions } from './world.ts';

/** Ways in which a shop's counts are not independent negative binomials around level × weekday × special day. */
export const breakages = [
  'autocorrelation',
  'promotions',
  'returns',
  'stock-outs',
  'seasonal levels',
  'bulk orders',
  'moving holidays',
  'growth',
  'launches and ends',
] as const;
export type Breakage = (typeof breakages)[number];

/** Those of which the shop can tell the monitor: as missing, as a special day, as exposure. */
export const sayable: readonly Breakage[] = [
  'promotions',
  'stock-outs',
  'moving holidays',
  'growth',
  'launches and ends',
];

export interface HardWorldOptions extends Omit<WorldOptions, 'sharedNoise' | 'walk'> {
  readonly breaks: readonly Breakage[];
  /** Promotions, stock-outs, days off sale are missing; days before a feast special; the shop's total of a day is its exposure. */
  readonly said: boolean;
}

const GROUPS = 20;
/** Five weeks without anything of its own, so that a level can be learned. */
const FIRST_DAY = 35;

/** Log-rate that comes back to its mean: AR(1) with coefficient 0.4 to 0.9 and standard deviation 0.2 to 0.5. */
const autocorrelate = (rate: Float64Array, random: Random): void => {
  const keep = random.choice([0.4, 0.6, 0.8, 0.9]);
  const spread = random.choice([0.2, 0.35, 0.5]);
  let log = spread * random.normal();
  for (let day = 0; day < rate.length; day++) {
    rate[day] = (rate[day] as number) * Math.exp(log - spread ** 2 / 2);
    log = keep * log + spread * Math.sqrt(1 - keep ** 2) * random.normal();
  }
};

/** Spells some `everyDays` apart; from one to the next at least a fortnight. */
const spells = (
  random: Random,
  days: number,
  { every, lengths }: { every: number; lengths: readonly [number, number] },
) => {
  const found: { readonly from: number; readonly until: number }[] = [];
  for (let day = FIRST_DAY + random.exponential(1 / every); day < days; ) {
    const from = Math.floor(day);
    const until = Math.min(days, from + random.integer(...lengths));
    found.push({ from, until });
    day = until + 14 + random.exponential(1 / every);
  }
  return found;
};

/** Three to seven days of a lower price sell 1.5 to 4 times as much, and a week after them 0.5 to 0.8 times. */
const promote = (rate: Float64Array, random: Random, missing: Uint8Array | undefined): void => {
  for (const { from, until } of spells(random, rate.length, { every: 75, lengths: [3, 7] })) {
    const high = random.between(1.5, 4);
    const low = random.between(0.5, 0.8);
    for (let day = from; day < Math.min(rate.length, until + 7); day++) {
      rate[day] = (rate[day] as number) * (day < until ? high : low);
      if (missing) missing[day] = 1;
    }
  }
};

/** 5 to 30 % of what was sold comes back 3 to 14 days later, a line below 0; a day's net count is cut at 0. */
const takeBack = (counts: Float64Array, random: Random): void => {
  const share = random.between(0.05, 0.3);
  const back = new Float64Array(counts.length + 15);
  counts.forEach((sold, day) => {
    for (let unit = 0; unit < sold; unit++)
      if (random.chance(share)) {
        const later = day + random.integer(3, 14);
        back[later] = (back[later] as number) + 1;
      }
  });
  counts.forEach((sold, day) => {
    counts[day] = Math.max(0, sold - (back[day] as number));
  });
};

/** An order of a business now and then: Pareto with exponent 1.2 from twice a day's mean and 5 on. */
const addBulk = (counts: Float64Array, random: Random, level: number): void => {
  const chance = random.between(0, 0.01);
  counts.forEach((count, day) => {
    const size = (5 + 2 * level) * (1 - random.uniform()) ** (-1 / 1.2);
    if (random.chance(chance)) counts[day] = count + Math.min(1e6, Math.round(size));
  });
};

/** Launched with a rise over a month, or taken off sale; before and after, zeros (or missing, where said). */
const launchAndEnd = (rate: Float64Array, random: Random, missing: Uint8Array | undefined): void => {
  const days = rate.length;
  const launch = random.chance(0.3) ? random.integer(1, Math.floor(days / 2)) : 0;
  const end = random.chance(0.2) ? random.integer(Math.floor(days / 2), days) : days;
  for (let day = 0; day < days; day++) {
    const onSale = day >= launch && day < end;
    const grown = launch === 0 ? 1 : Math.min(1, (day - launch + 3) / 30);
    rate[day] = onSale ? (rate[day] as number) * grown : 0;
    if (!onSale && missing) missing[day] = 1;
  }
};

/** Feasts on no fixed weekday: the day sells 0.4 times; four days before it 1.5 times, of which a calendar of feasts does not know. */
const feasts = (random: Random, days: number) => {
  const feast = new Uint8Array(days);
  for (let day = 20 + random.integer(0, 10); day < days; day += random.integer(35, 60)) {
    feast[day] = 1;
    for (let before = Math.max(0, day - 4); before < day; before++) feast[before] = 2;
  }
  return feast;
};

const FEAST_FACTORS = [1, 0.4, 1.5];

/** The second generator: days of counts that break the monitor's law in the ways asked; without any, they follow it. */
export const makeHardWorld = (options: HardWorldOptions): World => {
  const { seed, series, days, planted, means, breaks, said } = options;
  const has = (name: Breakage): boolean => breaks.includes(name);
  const random = createRandom(seed);
  const feast = has('moving holidays') ? feasts(random.stream('feasts'), days) : new Uint8Array(days);
  const growth = has('growth') ? 0.0015 : 0;
  const groupWeek = Array.from({ length: GROUPS }, () =>
    Array.from({ length: 7 }, () => random.lognormal(0, 0.3)),
  );
  // Four times a year a group's level moves within a week: 0.6 to 1.7 times.
  const seasons = Array.from({ length: GROUPS }, (_, group) => {
    const own = random.stream(`seasons/${group}`);
    const steps = [80, 170, 260, 350].map((day) => ({
      day: day + own.integer(-8, 8),
      log: own.between(-0.5, 0.5),
    }));
    return Array.from({ length: days }, (_, day) =>
      Math.exp(
        steps.reduce((sum, step) => sum + step.log * Math.min(1, Math.max(0, (day - step.day) / 7)), 0),
      ),
    );
  });
  const plan = new Map(planted.map((one) => [one.series, one]));
  const counts = new Float64Array(days * series);
  const groups = new Uint32Array(series);
  const totals = new Float64Array(days);
  for (let i = 0; i < series; i++) {
    const own = random.stream(`series/${i}`);
    const group = (groups[i] = i % GROUPS);
    const change = plan.get(i);
    const drawn = Math.exp(own.between(Math.log(means[0]), Math.log(means[1])));
    const level = change?.mean ?? drawn;
    const dispersion = own.choice([0, 0.05, 0.1, 0.2, 0.5]);
    const week = (groupWeek[group] as number[]).map((factor) => factor * own.lognormal(0, 0.1));
    const rate = Float64Array.from(
      { length: days },
      (_, day) =>
        level *
        (week[day % 7] as number) *
        (FEAST_FACTORS[feast[day] as number] as number) *
        Math.exp(growth * day) *
        (has('seasonal levels') ? ((seasons[group] as number[])[day] as number) : 1) *
        factorAt(change, day),
    );
    const missing = said ? new Uint8Array(days) : undefined;
    if (has('autocorrelation')) autocorrelate(rate, own.stream('autocorrelation'));
    if (has('promotions')) promote(rate, own.stream('promotions'), missing);
    // Not what is being looked for: a planted item stays on sale.
    if (has('launches and ends') && !change) launchAndEnd(rate, own.stream('life'), missing);
    if (has('stock-outs'))
      for (const { from, until } of spells(own.stream('stock'), days, { every: 150, lengths: [2, 12] })) {
        rate.fill(0, from, until);
        missing?.fill(1, from, until);
      }
    const sold = rate.map((mean) =>
      mean === 0 ? 0 : own.poisson(dispersion > 0 ? own.gamma(1 / dispersion, mean * dispersion) : mean),
    );
    if (has('bulk orders')) addBulk(sold, own.stream('bulk'), level);
    if (has('returns')) takeBack(sold, own.stream('returns'));
    sold.forEach((count, day) => {
      totals[day] = (totals[day] as number) + count;
      counts[day * series + i] = missing?.[day] === 1 || own.chance(0.01) ? Number.NaN : count;
    });
  }
  const holiday = said ? feast : feast.map((kind) => (kind === 1 ? 1 : 0));
  const usual = totals.reduce((sum, total) => sum + total, 0) / days;
  const buckets = dailyBuckets({ firstWeekday: 0, days, holiday }).map(
    (bucket, day): Bucket =>
      said && has('growth') ? { ...bucket, exposure: (totals[day] as number) / usual } : bucket,
  );
  return { buckets, counts, groups };
};
