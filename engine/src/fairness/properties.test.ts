import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import {
  areaUnderCurve,
  type Confusion,
  compareGroups,
  countGroups,
  differenceOf,
  disparityOf,
  intersect,
  type Metric,
  rateOf,
  ratioOf,
  wilsonInterval,
} from './index.ts';

const METRICS: readonly Metric[] = [
  'selection',
  'truePositive',
  'falsePositive',
  'precision',
  'accuracy',
  'base',
];
const row = fc.record({ selected: fc.nat(1), label: fc.nat(1), group: fc.nat(2), weight: fc.nat(3) });
const rows = fc.array(row, { minLength: 1, maxLength: 60 });
type Row = {
  readonly selected: number;
  readonly label: number;
  readonly group: number;
  readonly weight: number;
};

const count = (of: readonly Row[], weighted = false): Confusion[] =>
  countGroups({
    selected: of.map(({ selected }) => selected),
    labels: of.map(({ label }) => label),
    ...(weighted ? { weights: of.map(({ weight }) => weight) } : {}),
    groups: Int32Array.from(of, ({ group }) => group),
    groupCount: 3,
  });

const estimates = fc
  .tuple(fc.nat(200), fc.integer({ min: 1, max: 200 }))
  .map(([a, n]) => wilsonInterval(Math.min(a, n), n));

describe('rates and disparities', () => {
  it('do not depend on the order of people', () => {
    fc.assert(
      fc.property(rows, (of) => {
        expect(count(of.toReversed())).toEqual(count(of));
      }),
    );
  });

  it('do not depend on what groups are called', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...METRICS), (of, metric) => {
        const renamed = of.map((one) => ({ ...one, group: (one.group + 1) % 3 }));
        for (const rule of ['null', 'leave_out'] as const) {
          const { undefinedGroups: _, ...figures } = disparityOf(metric, count(of), rule);
          const { undefinedGroups: __, ...again } = disparityOf(metric, count(renamed), rule);
          expect(again).toEqual(figures);
        }
      }),
    );
  });

  it('take a repeated row as its weight', () => {
    fc.assert(
      fc.property(rows, (of) => {
        const repeated = of.flatMap((one) => Array.from({ length: one.weight }, () => one));
        expect(count(of, true)).toEqual(count(repeated));
      }),
    );
  });

  it('stay in [0, 1], and are at parity exactly when all rates are equal', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...METRICS), (of, metric) => {
        const rates = count(of).map((group) => rateOf(metric, group));
        const { difference, ratio } = disparityOf(metric, count(of));
        for (const figure of [...rates, difference, ratio]) {
          if (figure === null) continue;
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1);
        }
        if (rates.includes(null)) expect(difference).toBeNull();
        else expect(difference === 0).toBe(new Set(rates).size === 1);
        if (ratio !== null) expect(ratio === 1).toBe(difference === 0);
      }),
    );
  });

  it('agree with SQL on 1,000 random sets', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('create table person (part integer, selected integer, label integer)');
    const insert = database.prepare('insert into person values (?, ?, ?)');
    const rates = database.prepare(`
      select part,
        avg(selected) as selection,
        avg(case when label = 1 then selected end) as truePositive,
        avg(case when label = 0 then selected end) as falsePositive,
        avg(case when selected = 1 then label end) as precision,
        avg(selected = label) as accuracy,
        avg(label) as base
      from person group by part order by part`);
    const random = createRandom('sql');
    for (let set = 0; set < 1000; set++) {
      database.exec('begin; delete from person');
      const of: Row[] = Array.from({ length: random.integer(1, 30) }, () => ({
        selected: random.integer(0, 1),
        label: random.integer(0, 1),
        group: random.integer(0, 2),
        weight: 1,
      }));
      for (const { group, selected, label } of of) insert.run(group, selected, label);
      const counts = count(of);
      for (const found of rates.all() as Record<Metric | 'part', number | null>[]) {
        const group = counts[found.part as number] as Confusion;
        for (const metric of METRICS) {
          const rate = rateOf(metric, group);
          if (found[metric] === null) expect(rate).toBeNull();
          else expect(Math.abs((rate as number) - found[metric])).toBeLessThan(1e-12);
        }
      }
      database.exec('commit');
    }
    database.close();
  });
});

describe('intervals', () => {
  it('hold the value, are wider at more confidence and narrower with more people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (n, k) => {
        const successes = Math.min(n, k);
        const { value, low, high } = wilsonInterval(successes, n);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        const sure = wilsonInterval(successes, n, 0.99);
        expect(sure.high - sure.low).toBeGreaterThan(high - low);
        const more = wilsonInterval(successes * 4, n * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });

  it('of differences and ratios turn with their sides', () => {
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        const gap = differenceOf(a, b);
        const back = differenceOf(b, a);
        expect(gap.low).toBeCloseTo(-back.high, 12);
        expect(gap.low).toBeLessThanOrEqual(gap.value);
        const ratio = ratioOf(a, b);
        const inverse = ratioOf(b, a);
        if (ratio === null || inverse === null) return;
        expect(ratio.low).toBeLessThanOrEqual(ratio.value * (1 + 1e-12));
        expect(ratio.high).toBeGreaterThanOrEqual(ratio.value * (1 - 1e-12));
        if (ratio.low > 0) expect(ratio.low * inverse.high).toBeCloseTo(1, 10);
      }),
    );
  });

  it('have the values of Newcombe’s example', () => {
    const { low, high } = differenceOf(wilsonInterval(56, 70), wilsonInterval(48, 80));
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  it('of ratios cover the truth', () => {
    // A nominal 95 %; 1,500 runs have a standard error of 0.6 points.
    const random = createRandom('ratio coverage');
    const draw = (n: number, p: number): number =>
      Array.from({ length: n }, () => random.uniform()).filter((u) => u < p).length;
    let covered = 0;
    for (let run = 0; run < 1500; run++) {
      const found = ratioOf(wilsonInterval(draw(150, 0.12), 150), wilsonInterval(draw(200, 0.2), 200));
      if (found !== null && found.low <= 0.6 && found.high >= 0.6) covered++;
    }
    expect(covered / 1500).toBeGreaterThan(0.95 - 3 * 0.006);
    expect(covered / 1500).toBeLessThan(0.985);
  });

  it('of many equal groups hold the true extremes together', () => {
    const random = createRandom('extremes');
    let covered = 0;
    for (let run = 0; run < 300; run++) {
      const groups = Array.from({ length: 6 }, (_, group) => {
        const successes = Array.from({ length: 300 }, () => random.uniform()).filter((u) => u < 0.3).length;
        return { group: `${group}`, at: (level: number) => wilsonInterval(successes, 300, level) };
      });
      const { ratio, difference } = compareGroups(groups);
      if ((ratio?.high ?? 0) >= 1 && (difference?.low ?? 1) <= 0) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.95);
  });
});

it('the area under the curve is the share of pairs in the right order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(1)), { minLength: 2, maxLength: 30 }), (people) => {
      const ones = people.filter(([, label]) => label === 1);
      const zeros = people.filter(([, label]) => label === 0);
      const found = areaUnderCurve(
        Float64Array.from(people, ([score]) => score),
        people.map(([, label]) => label),
      );
      if (ones.length === 0 || zeros.length === 0) expect(found).toBeNull();
      else {
        const pairs = ones.flatMap(([a]) => zeros.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        expect(found?.value).toBeCloseTo(pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length, 12);
      }
    }),
  );
});

it('an intersection has every combination, also those with nobody', () => {
  const band = { name: 'band', levels: ['young', 'old'], values: Int32Array.of(0, 1, 1, -1) };
  const region = { name: 'region', levels: ['north', 'south'], values: Int32Array.of(0, 0, 0, 1) };
  const both = intersect([band, region]);
  expect(both.levels).toEqual(['young × north', 'young × south', 'old × north', 'old × south']);
  expect([...both.values]).toEqual([0, 2, 2, -1]);
});
