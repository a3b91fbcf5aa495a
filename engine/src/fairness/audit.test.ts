import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createRandom, type Random } from '../random/index.ts';
import {
  type Attribute,
  type AuditInput,
  attributeOf,
  auditSelection,
  bootstrapDisparity,
  publicationOf,
  uniquePeople,
  wilsonInterval,
} from './index.ts';

const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`);

interface Town {
  readonly people: number;
  /** Selection rates of the two kinds of postcode. */
  readonly rates: readonly [number, number];
  /** Chance of the second kind of postcode, per origin. */
  readonly lives: readonly [number, number];
}

/** People of two origins; only their postcode drives the selection. */
const townOf = ({ people, rates, lives }: Town, random: Random): AuditInput => {
  const origin = new Int32Array(people);
  const age = new Int32Array(people);
  const selected = new Uint8Array(people);
  for (let i = 0; i < people; i++) {
    origin[i] = random.chance(0.3) ? 1 : 0;
    age[i] = random.integer(0, 2);
    const postcode = random.chance(lives[origin[i] as 0 | 1]) ? 1 : 0;
    selected[i] = random.chance(rates[postcode]) ? 1 : 0;
  }
  return {
    people: ids(people),
    selected,
    attributes: [
      { name: 'origin', levels: ['a', 'b'], values: origin },
      { name: 'age', levels: ['18-29', '30-49', '50+'], values: age },
    ],
  };
};

const alarms = (town: Town, seed: string, seeds = 200): number => {
  let found = 0;
  for (let run = 0; run < seeds; run++)
    if (auditSelection(townOf(town, createRandom(run, seed))).state === 'alarm') found++;
  return found / seeds;
};

describe('planted bias', () => {
  it('is found in at least 95 % of 200 seeds when a postcode carries it', () => {
    // Selected: 0.285 of one origin, 0.165 of the other: a ratio of 0.58.
    expect(alarms({ people: 4000, rates: [0.3, 0.15], lives: [0.1, 0.9] }, 'planted')).toBeGreaterThanOrEqual(
      0.95,
    );
  });

  it('is not found where there is none, in at least 95 % of 200 seeds', () => {
    expect(alarms({ people: 4000, rates: [0.25, 0.25], lives: [0.1, 0.9] }, 'none')).toBeLessThanOrEqual(
      0.05,
    );
  });

  it('is not found at the threshold itself: a ratio of 0.8', () => {
    // 0.25 and 0.2: worst case of what must not alarm.
    expect(alarms({ people: 3000, rates: [0.25, 0.2], lives: [0, 1] }, 'edge')).toBeLessThanOrEqual(0.05);
  });
});

const groupOf = (sizes: readonly number[]): Attribute => ({
  name: 'group',
  levels: sizes.map((_, at) => 'abcdef'[at] as string),
  values: Int32Array.from(sizes.flatMap((size, at) => Array.from({ length: size }, () => at))),
});

describe('groups that are too small', () => {
  const group = groupOf([200, 200, 99, 0]);
  const selected = Uint8Array.from(group.values, (_, i) => (i % 2 === 0 ? 1 : 0));
  // Positives: 100 of a, 10 of b.
  const labels = Uint8Array.from(group.values, (value, i) =>
    value === 0 ? i % 2 : value === 1 && i % 20 === 0 ? 1 : 0,
  );
  const report = auditSelection({ people: ids(499), selected, labels, attributes: [group] });

  it('are not assessable, whatever their rate', () => {
    const rates = report.attributes[0]?.groups.map(({ rates: found }) => found);
    expect(rates?.[2]?.selection).toEqual({ kind: 'not_assessable', reason: 'too_few_people', of: 99 });
    expect(rates?.[3]?.selection).toEqual({ kind: 'not_assessable', reason: 'nobody', of: 0 });
    expect(report.notAssessable).toEqual(['group: c', 'group: d']);
  });

  it('count positives for the true positive rate', () => {
    const [a, b] = report.attributes[0]?.groups ?? [];
    expect(a?.rates.truePositive).toMatchObject({ kind: 'rate', of: 100 });
    expect(b?.rates.truePositive).toEqual({
      kind: 'not_assessable',
      reason: 'too_few_in_denominator',
      of: 10,
    });
    expect(report.attributes[0]?.compared.truePositive?.state).toBe('not_assessable');
  });

  it('leave nothing to say when all are', () => {
    const small = groupOf([50, 60]);
    const found = auditSelection({ people: ids(110), selected: new Uint8Array(110), attributes: [small] });
    expect(found.state).toBe('not_assessable');
  });
});

describe('an audit', () => {
  const town = townOf({ people: 3000, rates: [0.3, 0.15], lives: [0.1, 0.9] }, createRandom('one'));
  const report = auditSelection({ ...town, random: createRandom('bootstrap') });

  it('crosses all attributes', () => {
    const crossed = report.attributes[2];
    expect(crossed?.attribute).toBe('origin × age');
    expect(crossed?.groups.length).toBe(6);
    expect(crossed?.compared.selection?.pairs.length).toBe(15);
    expect(report.family).toBe(3);
  });

  it('gives the same answer in any order of people', () => {
    const order = createRandom('order').shuffle(ids(3000).map((_, i) => i));
    const again = auditSelection({
      people: order.map((at) => town.people[at] as string),
      selected: order.map((at) => town.selected[at] as number),
      attributes: town.attributes.map((attribute) => ({
        ...attribute,
        values: Int32Array.from(order, (at) => attribute.values[at] as number),
      })),
      random: createRandom('bootstrap'),
    });
    expect(again).toEqual(report);
  });

  it('has bootstrap intervals that agree with the closed ones', () => {
    const { ratio, bootstrap } = report.attributes[0]?.compared.selection ?? {};
    expect(bootstrap?.ratio?.[0]).toBeGreaterThan((ratio?.low ?? 1) - 0.02);
    expect(bootstrap?.ratio?.[1]).toBeLessThan((ratio?.high ?? 0) + 0.02);
  });

  it('holds a publication while it alarms, until somebody with a name says why', () => {
    expect(report.state).toBe('alarm');
    expect(publicationOf(report)).toMatchObject({
      kind: 'held',
      alarms: expect.arrayContaining(['origin: selection, lowest b']),
    });
    expect(publicationOf(report, { by: ' ', text: 'needed' }).kind).toBe('held');
    expect(publicationOf(report, { by: 'Ada', text: '' }).kind).toBe('held');
    expect(publicationOf(report, { by: 'Ada', text: 'needed' })).toMatchObject({
      kind: 'justified',
      by: 'Ada',
    });
  });

  it('never says more than that no disparity of that size was found', () => {
    const even = auditSelection(
      townOf({ people: 20_000, rates: [0.5, 0.5], lives: [0.5, 0.5] }, createRandom('even')),
    );
    expect(even.state).toBe('no_alarm');
    const verdicts = /\b(un)?fair\b|complian|no bias|unbiased|équitable|conforme/i;
    for (const text of [even, report].map((one) => JSON.stringify(one))) expect(text).not.toMatch(verdicts);
    const folder = new URL('.', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => /^(?!.*\.test\.ts$)/.test(name)))
      expect(readFileSync(new URL(file, folder), 'utf8')).not.toMatch(verdicts);
  });

  it.each([
    ['repeated_unit', { people: ['a', 'a'] }],
    ['length_mismatch', { selected: [1] }],
    ['out_of_range', { selected: [1, 2] }],
    ['nan', { selected: [1, Number.NaN] }],
    ['unknown_key', { intersections: [['nobody knows']] }],
    ['probability_out_of_range', { confidence: 1 }],
    ['out_of_range', { alarmRatio: 0 }],
    ['empty_input', { attributes: [] }],
  ] as const)('refuses %s', (code, wrong) => {
    const right = {
      people: ['a', 'b'],
      selected: [0, 1],
      attributes: [attributeOf('band', ['x', 'y'])],
      minimums: { people: 1, denominator: 1 },
    };
    let thrown: unknown;
    try {
      auditSelection({ ...right, ...wrong });
    } catch (error) {
      thrown = error;
    }
    expect(isEngineError(thrown, code)).toBe(true);
  });
});

describe('people', () => {
  it('are counted once, however often they were shown something', () => {
    const found = uniquePeople({
      people: ['a', 'b', 'a', 'a'],
      selected: [0, 0, 1, 0],
      labels: [0, 1, 0, 0],
    });
    expect(found).toMatchObject({ people: ['a', 'b'], impressions: 4, mostOfOne: 3 });
    expect([...found.selected]).toEqual([1, 0]);
    expect([...(found.labels ?? [])]).toEqual([0, 1]);
    expect([...found.first]).toEqual([0, 1]);
  });
});

describe('bootstrap', () => {
  it('lives with a group that is missing from a resample', () => {
    const groups = [
      { tp: 40, fp: 10, fn: 10, tn: 40 },
      { tp: 1, fp: 0, fn: 0, tn: 1 },
      { tp: 30, fp: 10, fn: 20, tn: 40 },
    ];
    const found = bootstrapDisparity('truePositive', groups, { random: createRandom(1), resamples: 300 });
    expect(found.usable).toBe(300);
    expect(found.difference?.[0]).toBeLessThan(0.5);
  });
});

it('a share of nobody, and more successes than people, are refused', () => {
  expect(() => wilsonInterval(0, 0)).toThrow(/at least one person/);
  expect(() => wilsonInterval(3, 2)).toThrow(/3 successes of 2/);
});
