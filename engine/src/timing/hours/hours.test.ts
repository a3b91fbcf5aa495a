import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { habitShares, simulatePeople } from '../simulate/people.ts';
import {
  collectHours,
  fitTiming,
  loadTiming,
  readTiming,
  saveTiming,
  type TimingInput,
  type TimingModel,
} from './index.ts';
import { mixedKernel, normalisersOf } from './kernels.ts';

const HOUR = 3_600_000;
/** Monday 6 January 2025, 00:00 UTC. */
const MONDAY = Date.UTC(2025, 0, 6);

const fitted = (input: TimingInput, settings = {}): TimingModel => {
  const made = fitTiming(input, settings);
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

const simulated = (people: number, events: number, seed = 1) => {
  const sim = simulatePeople({ people, days: 120, events, seed });
  return { sim, input: { people: { count: people, zones: ['Europe/Paris'] }, events: sim } };
};

describe('events on people’s own clocks', () => {
  const people = { count: 3, zones: ['Europe/Paris', 'America/New_York'], zone: [0, 1, 0] };

  it('stand in local hours, each hour once with its largest weight', () => {
    const at = [MONDAY + 9 * HOUR, MONDAY + 9.5 * HOUR, MONDAY, MONDAY + 2 * HOUR];
    const found = collectHours({
      people,
      events: { person: [0, 0, 1, 0], atMs: Float64Array.from(at), weight: [1, 3, 1, 2] },
    });
    expect([...found.start]).toEqual([0, 2, 3, 3]);
    expect([...found.hour].map((hour) => hour - MONDAY / HOUR)).toEqual([3, 10, -5]);
    expect([...found.weight]).toEqual([2, 3, 1]);
  });

  it('do not mind the order of the rows, few or many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (n, seed) => {
        const random = createRandom(seed);
        const rows = Array.from({ length: n }, () => ({
          u: random.integer(0, 2),
          at: MONDAY + random.integer(0, 200) * HOUR,
          w: random.uniform(),
        }));
        const history = (given: typeof rows) =>
          collectHours({
            people,
            events: {
              person: given.map(({ u }) => u),
              atMs: Float64Array.from(given, ({ at }) => at),
              weight: given.map(({ w }) => w),
            },
          });
        expect(history(random.shuffle(rows))).toEqual(history(rows));
      }),
      { numRuns: 50 },
    );
  });

  it('fade by their age', () => {
    const events = {
      person: [0, 0, 0],
      atMs: Float64Array.of(MONDAY - 10 * 24 * HOUR, MONDAY, MONDAY + HOUR),
    };
    const found = collectHours({ people, events }, { nowMs: MONDAY, halfLifeDays: 10 });
    expect([...found.weight]).toEqual([0.5, 1, 1]);
  });

  it('of an unknown zone are refused, or stand in the zone of the group', () => {
    const lost = { count: 1, zones: ['Nowhere/City'] };
    const events = { person: [0], atMs: Float64Array.of(MONDAY) };
    expect(() => collectHours({ people: lost, events })).toThrow(
      expect.objectContaining({ code: 'unknown_key' }),
    );
    const found = collectHours({ people: { ...lost, groupZones: ['Asia/Tokyo'] }, events });
    expect((found.hour[0] as number) - MONDAY / HOUR).toBe(9);
  });

  it('stand where the person was then, for people who move', () => {
    const events = {
      person: [0, 0, 1],
      atMs: Float64Array.of(MONDAY, MONDAY + 90 * 24 * HOUR, MONDAY),
      zone: [1, 0, 0],
    };
    const found = collectHours({ people, events });
    // New York in winter, then Paris in summer; the other person on a journey to Paris.
    expect([...found.hour].map((hour) => hour - MONDAY / HOUR)).toEqual([-5, 90 * 24 + 2, 1]);
    for (const zone of [
      [2, 0, 0],
      [-1, 0, 0],
      [0.5, 0, 0],
    ])
      expect(() => collectHours({ people, events: { ...events, zone } })).toThrow(
        expect.objectContaining({ code: 'unknown_key' }),
      );
    expect(() => collectHours({ people, events: { ...events, zone: [0] } })).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
  });

  it('of the days when clocks change stand in the hours that were shown, north and south', () => {
    const zones = ['Europe/Paris', 'Australia/Sydney', 'Australia/Lord_Howe', 'Asia/Kolkata'];
    const days: readonly (readonly [number, number, number])[] = [
      // Zone, start of the local day as UTC, distinct hours of the day.
      [0, Date.UTC(2025, 2, 29, 23), 23],
      [0, Date.UTC(2025, 9, 25, 22), 24],
      [1, Date.UTC(2025, 9, 4, 14), 23],
      [1, Date.UTC(2025, 3, 5, 13), 24],
      [2, Date.UTC(2025, 9, 4, 13, 30), 24],
      [3, Date.UTC(2025, 2, 29, 18, 30), 24],
    ];
    days.forEach(([zone, from, hours], u) => {
      // Every quarter of an hour of the day, which has 23 to 25 hours.
      const length = { 0: u === 0 ? 23 : 25, 1: u === 2 ? 23 : 25, 2: 23.5, 3: 24 }[zone] as number;
      const atMs = Float64Array.from({ length: 4 * length }, (_, k) => from + (k * HOUR) / 4);
      const found = collectHours({
        people: { count: 1, zones, zone: [zone] },
        events: { person: new Uint8Array(atMs.length), atMs },
      });
      expect(found.hour.length).toBe(hours);
      expect(new Set([...found.hour].map((hour) => Math.floor(hour / 24))).size).toBe(1);
    });
  });

  const good = { person: [0], atMs: Float64Array.of(MONDAY) };
  it.each([
    ['out_of_range', { ...good, weight: [1e39] }],
    ['not_finite', { ...good, weight: [Infinity] }],
    ['unknown_key', { ...good, person: [3] }],
    ['unknown_key', { ...good, person: [-1] }],
    ['nan', { ...good, atMs: Float64Array.of(Number.NaN) }],
    ['not_finite', { ...good, atMs: Float64Array.of(Infinity) }],
    ['out_of_range', { ...good, atMs: Float64Array.of(1e16) }],
    ['length_mismatch', { ...good, atMs: new Float64Array(2) }],
    ['negative_weight', { ...good, weight: [-1] }],
    ['nan', { ...good, weight: [Number.NaN] }],
  ])('throw %s', (code, events) => {
    expect(() => collectHours({ people, events })).toThrow(expect.objectContaining({ code }));
  });
});

describe('people’s hours', () => {
  it('are the group’s without events, and shares always', () => {
    const { input } = simulated(300, 6);
    const group = Uint32Array.from({ length: 300 }, (_, u) => u % 3);
    const events = {
      person: input.events.person,
      atMs: input.events.atMs,
      weight: Float64Array.from(input.events.person, (u) => (u < 60 ? 0 : 1)),
    };
    const model = fitted({ people: { ...input.people, groups: 4, group }, events });
    const reader = readTiming(model);
    for (let u = 0; u < 300; u++) {
      const shares = reader.shares(u);
      expect(sumOf(shares)).toBeCloseTo(1, 12);
      expect(shares.every((share) => share > 0)).toBe(true);
      const of = group[u] as number;
      if (u < 60) expect(shares).toEqual(model.groupShares.slice(of * 168, (of + 1) * 168));
    }
    // Nobody is in the last group.
    model.groupShares
      .slice(3 * 168)
      .forEach((share, h) => expect(share).toBeCloseTo(model.population[h] as number, 15));
  });

  it('come near the truth: of everybody, and of people with many events', () => {
    const { sim, input } = simulated(1500, 15);
    const model = fitted(input);
    const truth = habitShares();
    const reader = readTiming(model);
    const far = (shares: Float64Array, of: number): number =>
      shares.reduce((sum, share, h) => sum + Math.abs(share - (truth[of * 168 + h] as number)) / 2, 0);
    let [own, common, people] = [0, 0, 0];
    for (let u = 0; u < 1500; u++) {
      const known = (model.start[u + 1] as number) - (model.start[u] as number);
      if (known < 25) continue;
      own += far(reader.shares(u), sim.habit[u] as number);
      common += far(model.population, sim.habit[u] as number);
      people++;
    }
    expect(people).toBeGreaterThan(100);
    expect(own / people).toBeLessThan(0.65 * (common / people));
    const everybody = new Float64Array(168);
    for (let u = 0; u < 1500; u++)
      for (let h = 0; h < 168; h++)
        everybody[h] =
          (everybody[h] as number) + (truth[(sim.habit[u] as number) * 168 + h] as number) / 1500;
    const off = everybody.reduce(
      (sum, share, h) => sum + Math.abs(share - (model.population[h] as number)) / 2,
      0,
    );
    expect(off).toBeLessThan(0.06);
  });

  it('are the group’s shares, tilted as the mix of people says', () => {
    const { input } = simulated(300, 12);
    const group = Uint32Array.from({ length: 300 }, (_, u) => u % 2);
    const model = fitted({ people: { ...input.people, groups: 2, group }, events: input.events });
    const { concentration, weights } = model.mixes.person;
    for (const person of [4, 7]) {
      const base = model.groupShares.subarray((person % 2) * 168, (person % 2) * 168 + 168);
      const normalisers = normalisersOf(base);
      const naive = base.map((share, h) => {
        let said = concentration;
        for (let i = model.start[person] as number; i < (model.start[person + 1] as number); i++)
          said +=
            (model.weight[i] as number) * mixedKernel({ weights, normalisers }, h, model.hour[i] as number);
        return share * said;
      });
      const total = sumOf(naive);
      readTiming(model)
        .shares(person)
        .forEach((share, h) => expect(share).toBeCloseTo((naive[h] as number) / total, 12));
    }
    // Else the weights would be anybody's.
    expect(Math.max(...weights)).toBeGreaterThan(0.15);
  });

  it('of one who does very much are not the group’s', () => {
    const random = createRandom('heavy');
    const [person, at]: [number[], number[]] = [[], []];
    const add = (u: number, day: number, hour: number): void => {
      person.push(u);
      at.push(MONDAY + (day * 24 + hour) * HOUR);
    };
    for (let u = 1; u <= 60; u++)
      for (let k = 0; k < 8; k++) add(u, random.integer(0, 200), random.integer(11, 14));
    for (let day = 0; day < 480; day++) add(0, day, 3);
    const model = fitted({
      people: { count: 61, zones: ['UTC'] },
      events: { person, atMs: Float64Array.from(at) },
    });
    let night = 0;
    for (let day = 0; day < 7; day++) night += model.population[day * 24 + 3] as number;
    // Half of the events, one of 61 people.
    expect(night).toBeLessThan(0.2);
    expect(readTiming(model).shares(0)[3]).toBeGreaterThan(0.1);
  });

  it('are everybody’s where nobody differs', () => {
    const sim = simulatePeople({ people: 800, days: 120, events: 10, seed: 4, noise: 1 });
    const model = fitted({ people: { count: 800, zones: ['Europe/Paris'] }, events: sim });
    expect(model.mixes.person.concentration).toBeGreaterThan(80);
    const busy = sim.habit.findIndex(
      (_, u) => (model.start[u + 1] as number) - (model.start[u] as number) === 10,
    );
    const shares = readTiming(model).shares(busy);
    const off = shares.reduce(
      (sum, share, h) => sum + Math.abs(share - (model.population[h] as number)) / 2,
      0,
    );
    expect(off).toBeLessThan(0.12);
  });

  it('learn nothing from one sitting', () => {
    // Each person comes on one day only, for six hours in a row: no evidence that people keep to hours.
    const random = createRandom(9);
    const person: number[] = [];
    const at: number[] = [];
    for (let u = 0; u < 200; u++) {
      const start = MONDAY + random.integer(0, 100) * 24 * HOUR + random.integer(0, 17) * HOUR;
      for (let k = 0; k < 6; k++) {
        person.push(u);
        at.push(start + k * HOUR);
      }
    }
    const model = fitted({
      people: { count: 200, zones: ['UTC'] },
      events: { person, atMs: Float64Array.from(at) },
    });
    expect(model.diagnostics.concentration).toBe('assumed');
    expect(model.mixes.person.concentration).toBeCloseTo(10, 6);
  });

  it('do not depend on the order of the rows, to the bit', () => {
    const { input } = simulated(200, 6);
    const order = createRandom(3).shuffle([...input.events.person.keys()]);
    const moved = {
      person: order.map((k) => input.events.person[k] as number),
      atMs: Float64Array.from(order, (k) => input.events.atMs[k] as number),
    };
    expect(fitted({ ...input, events: moved })).toEqual(fitted(input));
  });

  it('of a new person are those of a known one with the same events', () => {
    const { input } = simulated(200, 6);
    const model = fitted(input);
    const reader = readTiming(model);
    const [from, to] = [model.start[7] as number, model.start[8] as number];
    const events = { hour: model.hour.subarray(from, to), weight: model.weight.subarray(from, to) };
    expect(reader.sharesOf(events, 0)).toEqual(reader.shares(7));
    expect(reader.sharesOf({ hour: [] }, 0)).toEqual(model.groupShares);
  });

  it('keep closed hours at 0, and follow the hours to come', () => {
    const exposure = Float64Array.from({ length: 168 }, (_, h) => (h < 120 ? 1 : 0));
    const at = Float64Array.from(
      { length: 400 },
      (_, k) => MONDAY + (k % 5) * 24 * HOUR + (9 + (k % 7)) * HOUR,
    );
    const person = Array.from(at, (_, k) => k % 40);
    const input = { people: { count: 41, zones: ['UTC'] }, events: { person, atMs: at } };
    const model = fitted(input, { exposure });
    const shares = readTiming(model).shares(3);
    expect(sumOf(shares.subarray(120))).toBe(0);
    // A Monday that comes twice as often has twice the share of its hours, relative to the others.
    const twice = exposure.map((open, h) => (h < 24 ? 2 * open : open));
    const next = readTiming(model, { exposure: twice }).shares(3);
    const ratio =
      (next[9] as number) / (next[33] as number) / ((shares[9] as number) / (shares[33] as number));
    expect(ratio).toBeCloseTo(2, 10);
    expect(sumOf(next)).toBeCloseTo(1, 12);
    const wrong = exposure.map((open, h) => (h === 9 ? 0 : open));
    expect(() => fitTiming(input, { exposure: wrong })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => readTiming(model, { exposure: new Float64Array(168) }).shares(3)).toThrow(
      expect.objectContaining({ code: 'no_actions' }),
    );
  });

  it('are saved and loaded to the bit, and a damaged file is refused', () => {
    const { input } = simulated(100, 5);
    const model = fitted(input);
    const bytes = saveTiming(model);
    const loaded = loadTiming(bytes);
    expect(loaded).toEqual(model);
    expect(readTiming(loaded).shares(5)).toEqual(readTiming(model).shares(5));
    const broken = bytes.slice();
    broken[broken.length - 40] = (broken[broken.length - 40] as number) ^ 1;
    expect(() => loadTiming(broken)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('are watched and can be stopped', () => {
    const { input } = simulated(500, 6);
    const heard: number[] = [];
    fitTiming(input, {}, ({ done }) => void heard.push(done));
    expect(heard.length).toBeGreaterThan(20);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    let calls = 0;
    expect(() => fitTiming(input, {}, () => (++calls === 10 ? 'stop' : undefined))).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});

describe('odd input', () => {
  const one = { count: 1, zones: ['UTC'] };
  it('nobody, and nothing that happened, has no answer', () => {
    const none = { person: [], atMs: new Float64Array(0) };
    const answer = { kind: 'no_answer', reason: 'no_events' };
    expect(fitTiming({ people: one, events: none })).toEqual(answer);
    expect(fitTiming({ people: { count: 0, zones: ['UTC'] }, events: none })).toEqual(answer);
    const nothing = { person: [0], atMs: Float64Array.of(MONDAY), weight: [0] };
    expect(fitTiming({ people: one, events: nothing })).toEqual(answer);
  });

  it('one event, one hour, tiny and huge weights have shares', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(1e-12, 1, 1e9)), {
          minLength: 1,
          maxLength: 20,
        }),
        (rows) => {
          const events = {
            person: rows.map(() => 0),
            atMs: Float64Array.from(rows, ([hour]) => MONDAY + hour * HOUR),
            weight: rows.map(([, weight]) => weight),
          };
          const shares = readTiming(fitted({ people: one, events })).shares(0);
          expect(sumOf(shares)).toBeCloseTo(1, 9);
          expect(shares.every((share) => share >= 0)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('very many events of one person are merged as few are', () => {
    const random = createRandom(5);
    const rows = Array.from(
      { length: 21_000 },
      () => [random.integer(0, 900), random.choice([0, 0.5, 1, 2])] as const,
    );
    const input = (given: typeof rows) => ({
      people: one,
      events: {
        person: new Uint8Array(given.length),
        atMs: Float64Array.from(given, ([hour]) => MONDAY + hour * HOUR),
        weight: given.map(([, weight]) => weight),
      },
    });
    const largest = new Map<number, number>();
    for (const [hour, weight] of rows) largest.set(hour, Math.max(largest.get(hour) ?? 0, weight));
    const wanted = [...largest].filter(([, weight]) => weight > 0).toSorted(([a], [b]) => a - b);
    const found = collectHours(input(rows));
    expect([...found.hour].map((hour) => hour - MONDAY / HOUR)).toEqual(wanted.map(([hour]) => hour));
    expect([...found.weight]).toEqual(wanted.map(([, weight]) => weight));
  });

  it('a person with a million events is answered', () => {
    const random = createRandom(2);
    const atMs = Float64Array.from({ length: 1_000_000 }, () => MONDAY + random.uniform() * 1000 * 24 * HOUR);
    const model = fitted({ people: one, events: { person: new Uint8Array(1_000_000), atMs } });
    expect(model.diagnostics.events).toBeLessThanOrEqual(24_000);
    expect(sumOf(readTiming(model).shares(0))).toBeCloseTo(1, 9);
  });

  const events = { person: [0], atMs: Float64Array.of(MONDAY) };
  it.each([
    ['empty_input', { ...one, zones: [] }, {}],
    ['unknown_key', { ...one, zone: [1] }, {}],
    ['unknown_key', { ...one, group: [1] }, {}],
    ['out_of_range', { ...one, groups: 0 }, {}],
    ['length_mismatch', { ...one, groups: 2, groupZones: ['UTC'] }, {}],
    ['negative_count', { ...one, count: -1 }, {}],
    ['length_mismatch', one, { exposure: [1] }],
    ['negative_weight', one, { exposure: new Float64Array(168) }],
    ['negative_weight', one, { exposure: new Float64Array(168).fill(-1) }],
    ['out_of_range', one, { decay: { nowMs: 0, halfLifeDays: 0 } }],
  ])('throws %s', (code, people, settings) => {
    expect(() => fitTiming({ people, events }, settings)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused by the reader', () => {
    const reader = readTiming(fitted({ people: one, events }));
    for (const [code, ask] of [
      ['unknown_key', () => reader.shares(1)],
      ['unknown_key', () => reader.sharesOf({ hour: [] }, 1)],
      ['out_of_range', () => reader.sharesOf({ hour: [168] }, 0)],
      ['negative_weight', () => reader.sharesOf({ hour: [1], weight: [-1] }, 0)],
      ['nan', () => reader.sharesOf({ hour: [1], weight: [Number.NaN] }, 0)],
      ['length_mismatch', () => reader.shares(0, new Float64Array(3))],
    ] as const)
      expect(ask).toThrow(expect.objectContaining({ code }));
  });
});
