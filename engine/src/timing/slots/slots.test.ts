import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thompsonNormalShares } from '../../policy/index.ts';
import { createRandom } from '../../random/index.ts';
import { chiSquareTail } from '../../special/index.ts';
import { fitTiming, type TimingModel } from '../hours/index.ts';
import { simulatePeople } from '../simulate/people.ts';
import { respond, simulateResponses } from '../simulate/responses.ts';
import {
  countSends,
  type DayKind,
  decideSlot,
  fitSlots,
  loadSlots,
  type SlotModel,
  type SlotSends,
  saveSlots,
  slotActivity,
  slotBeliefs,
  slotShares,
} from './index.ts';
import { fitCells, fitFactors } from './person-cells.ts';
import { totalsOf } from './rates.ts';
import { quickThompson } from './thompson.ts';
import { onlyOne } from './whose-profile.ts';

const NONE: SlotSends = { person: [], day: [], slot: [], engaged: [] };

/** People of known habits, sent evenly `rounds` times. */
const even = (people: number, rounds: number, settings = {}) => {
  const random = createRandom('even');
  const habit = Uint8Array.from({ length: people }, () => random.integer(0, 3));
  const responses = simulateResponses({ habit, slots: 12, seed: 5, ...settings });
  const sends = {
    person: [] as number[],
    day: [] as number[],
    slot: [] as number[],
    engaged: [] as number[],
  };
  for (let k = 0; k < rounds * people; k++) {
    const at = {
      person: k % people,
      day: Math.floor(k / people) % 7 < 5 ? 0 : 1,
      slot: random.integer(0, 11),
    };
    sends.person.push(at.person);
    sends.day.push(at.day);
    sends.slot.push(at.slot);
    sends.engaged.push(respond(responses, at, random));
  }
  return { habit, responses, sends };
};

describe('quick Thompson sampling', () => {
  it('is near the certified probabilities', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.double({ min: 0.05, max: 0.5, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (arms) => {
          const means = Float64Array.from(arms, ([mean]) => mean);
          const sds = Float64Array.from(arms, ([, sd]) => sd);
          const quick = quickThompson(means, sds);
          const { probabilities } = thompsonNormalShares(means, sds);
          expect(quick.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          quick.forEach((p, k) => expect(Math.abs(p - (probabilities[k] as number))).toBeLessThan(0.015));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what is learned from sends', () => {
  it('adds up, whatever the order of the rows', () => {
    const { sends } = even(60, 20);
    const order = createRandom(1).shuffle([...sends.person.keys()]);
    const propensity = sends.slot.map((slot) => (slot + 1) / 20);
    const moved = (values: readonly number[]) => order.map((k) => values[k] as number);
    const shuffled = {
      person: moved(sends.person),
      day: moved(sends.day),
      slot: moved(sends.slot),
      engaged: moved(sends.engaged),
      propensity: moved(propensity),
    };
    const people = { count: 60 };
    expect(fitSlots({ people, sends: shuffled })).toEqual(
      fitSlots({ people, sends: { ...sends, propensity } }),
    );
    expect(countSends(sends, { people: 60, slots: 12 }).sends.reduce((a, b) => a + b, 0)).toBe(1200);
  });

  it('finds how much people’s hours differ, with people’s levels kept apart', () => {
    // Everybody’s hours are their own: no kinds, a Gamma of shape 4 a cell, levels of shape 3.
    const random = createRandom('own hours');
    const people = 1500;
    const chance = new Float64Array(people * 24);
    for (let u = 0; u < people; u++) {
      const level = 0.1 * random.gamma(3, 1 / 3);
      for (let cell = 0; cell < 24; cell++)
        chance[u * 24 + cell] = Math.min(0.9, level * random.gamma(4, 1 / 4));
    }
    const sends = {
      person: [] as number[],
      day: [] as number[],
      slot: [] as number[],
      engaged: [] as number[],
    };
    for (let k = 0; k < 60 * people; k++) {
      const at = {
        person: k % people,
        day: Math.floor(k / people) % 7 < 5 ? 0 : 1,
        slot: random.integer(0, 11),
      };
      sends.person.push(at.person);
      sends.day.push(at.day);
      sends.slot.push(at.slot);
      sends.engaged.push(respond({ slots: 12, chance }, at, random));
    }
    const model = fitSlots({ people: { count: people }, sends });
    expect(model.profiles.weights.length).toBe(1);
    expect(Math.abs(Math.log(model.shape / 4))).toBeLessThan(0.5);
    expect(model.sharing).toBeLessThan(0.3);
    expect(Math.abs(Math.log(model.diagnostics.personShape / 3))).toBeLessThan(0.4);
    // Where the hour does not matter, it says so.
    const flat = even(800, 40, { habitMatters: 0 });
    const same = fitSlots({ people: { count: 800 }, sends: flat.sends });
    expect(same.profiles.weights.length).toBe(1);
    expect(same.shape).toBeGreaterThan(2.5 * model.shape);
  });

  it('finds kinds of people by when they answer, and of which somebody is', () => {
    const { sends, responses, habit } = even(1500, 40);
    const model = fitSlots({ people: { count: 1500 }, sends });
    const { weights, factors } = model.profiles;
    expect(weights.length).toBeGreaterThan(1);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    // Without sends the kinds even out.
    for (let cell = 0; cell < 24; cell++) {
      let mean = 0;
      weights.forEach((weight, k) => {
        mean += weight * (factors[k * 24 + cell] as number);
      });
      expect(mean).toBeCloseTo(1, 10);
    }
    const best = (values: ArrayLike<number>): number =>
      Array.from(values).indexOf(Math.max(...Array.from(values)));
    const fixed = best(model.rates.subarray(0, 12));
    let [own, common, oracle] = [0, 0, 0];
    habit.forEach((_, u) => {
      const chance = responses.chance.subarray(u * 24, u * 24 + 12);
      own += chance[best(slotBeliefs(model, { person: u, day: 0 }).means)] as number;
      common += chance[fixed] as number;
      oracle += Math.max(...chance);
    });
    // A fifth at least of what there is to win over the best fixed slot; without kinds it was 5 to 14 %.
    expect((own - common) / (oracle - common)).toBeGreaterThan(0.2);
  });

  it('is not misled by who was sent when: weights of 1/propensity', () => {
    // Half of the people answer at night only and are sent there nine times in ten.
    const random = createRandom('owls');
    const sends = {
      person: [] as number[],
      day: [] as number[],
      slot: [] as number[],
      engaged: [] as number[],
    };
    const propensity: number[] = [];
    for (let k = 0; k < 40_000; k++) {
      const u = k % 400;
      const isOwl = u % 2 === 0;
      const favourite = isOwl ? 11 : 4;
      const chosen = random.chance(0.9) ? favourite : random.integer(0, 11);
      sends.person.push(u);
      sends.day.push(0);
      sends.slot.push(chosen);
      sends.engaged.push(random.chance(chosen === favourite ? 0.3 : 0.05) ? 1 : 0);
      propensity.push((chosen === favourite ? 0.9 : 0) + 0.1 / 12);
    }
    const rate = (given: SlotSends) => fitSlots({ people: { count: 400 }, sends: given }).rates[11] as number;
    expect(rate(sends)).toBeGreaterThan(0.27);
    expect(Math.abs(rate({ ...sends, propensity }) - 0.175)).toBeLessThan(0.04);
  });

  it('a rare send that stands for many is one send still', () => {
    const sends = {
      person: [0, 0, 0],
      day: [0, 0, 0],
      slot: [1, 1, 2],
      engaged: [1, 0, 1],
      propensity: [0.01, 1, 0.01],
    };
    const { sends: counted, engaged } = totalsOf(sends, { group: new Uint32Array(1), groups: 1, slots: 12 });
    // (100 + 1)²/(100² + 1²) sends of rate 100/101; one send of rate 1.
    expect(counted[1]).toBeCloseTo(101 ** 2 / 10_001, 10);
    expect(engaged[1]).toBeCloseTo((100 / 101) * (101 ** 2 / 10_001), 10);
    expect([counted[2], engaged[2], counted[0]]).toEqual([1, 1, 0]);
  });

  it('a person’s first slot is not taken for the best because the person answers much', () => {
    const { sends } = even(400, 30);
    const busy = { person: 399, day: 0, slot: 3, engaged: 1 };
    const rows = [...sends.person.keys()].filter((k) => sends.person[k] !== 399);
    const take = (values: readonly number[], more: number) => [
      ...rows.map((k) => values[k] as number),
      ...Array(8).fill(more),
    ];
    const model = fitSlots({
      people: { count: 400 },
      sends: {
        person: take(sends.person, busy.person),
        day: take(sends.day, busy.day),
        slot: take(sends.slot, busy.slot),
        engaged: take(sends.engaged, busy.engaged),
      },
    });
    expect(model.factor[399]).toBeGreaterThan(1.8);
    const [own, average] = [slotBeliefs(model, { person: 399, day: 0 }), model.rates];
    expect(own.means[8]).toBeGreaterThan(1.5 * (average[8] as number));
  });

  it('one hour says less about a person than many hours do', () => {
    const { sends } = even(400, 30);
    // Two people engaged 12 times of 24: one in a single slot, one over the day.
    const more = Array.from({ length: 48 }, (_, k) => ({
      u: k % 2,
      slot: k % 2 === 0 ? 3 : (k >> 2) % 12,
      y: (k >> 1) % 2,
    }));
    const model = fitSlots({
      people: { count: 402 },
      sends: {
        person: [...sends.person, ...more.map(({ u }) => 400 + u)],
        day: [...sends.day, ...more.map(() => 0)],
        slot: [...sends.slot, ...more.map(({ slot }) => slot)],
        engaged: [...sends.engaged, ...more.map(({ y }) => y)],
      },
    });
    const [narrow, wide] = [model.factor[400] as number, model.factor[401] as number];
    expect(narrow).toBeGreaterThan(1.2);
    expect(wide).toBeGreaterThan(1.1 * narrow);
  });

  it('spreads are learned on people who were drawn evenly, and on nobody else', () => {
    const { sends } = even(300, 30);
    const counts = countSends(sends, { people: 300, slots: 12 });
    const isEven = Uint8Array.from({ length: 300 }, (_, u) => (u < 200 ? 1 : 0));
    const data = {
      ...counts,
      isEven,
      group: new Uint32Array(300),
      rates: new Float64Array(24).fill(0.1),
      activity: new Float32Array(0),
    };
    const before = { shape: 9, activityWeight: 0, sharing: 0.5 };
    const factors = fitFactors(data, before);
    const found = fitCells(data, { factors, before, profiles: onlyOne(24) });
    const hitsOf = (from: number, to: number) =>
      counts.engaged.map((y, at) => (at >= from * 24 && at < to * 24 ? 0 : y));
    expect(
      fitCells({ ...data, engaged: hitsOf(200, 300) }, { factors, before, profiles: onlyOne(24) }),
    ).toEqual(found);
    expect(
      fitCells({ ...data, engaged: hitsOf(0, 100) }, { factors, before, profiles: onlyOne(24) }),
    ).not.toEqual(found);
  });

  it('what somebody does on Saturdays is a hint for weekends', () => {
    const monday = Date.UTC(2025, 0, 6);
    const [person, at]: [number[], number[]] = [[], []];
    for (let u = 0; u < 60; u++) {
      for (let week = 0; week < 12; week++) {
        const [day, hour] = u === 0 ? [5, 10] : [week % 7, (u + 5 * week) % 24];
        person.push(u);
        at.push(monday + ((7 * week + day) * 24 + hour) * 3_600_000);
      }
    }
    const timing = fitTiming({
      people: { count: 60, zones: ['UTC'] },
      events: { person, atMs: Float64Array.from(at) },
    });
    const hints = slotActivity(timing as TimingModel, 12).subarray(0, 24);
    expect(hints.indexOf(Math.max(...hints))).toBe(12 + 5);
    expect(hints[12 + 5]).toBeGreaterThan(1.2 * (hints[5] as number));
  });

  it('people without sends have their group’s rates, tilted by what they do', () => {
    const sim = simulatePeople({ people: 200, days: 90, events: 10, seed: 3 });
    const timing = fitTiming({ people: { count: 200, zones: ['UTC'] }, events: sim }) as TimingModel;
    const activity = slotActivity(timing, 12);
    const silent = [...timing.group.keys()].find((u) => timing.start[u] === timing.start[u + 1]) as number;
    const model = fitSlots({ people: { count: 200 }, sends: NONE, activity });
    expect([...slotBeliefs(model, { person: silent, day: 1 }).means]).toEqual(
      [...model.rates.subarray(12)].map((rate) => expect.closeTo(rate, 12)),
    );
    const commuter = [...sim.habit.keys()].find(
      (u) => sim.habit[u] === 0 && (timing.start[u + 1] as number) - (timing.start[u] as number) > 15,
    ) as number;
    const { means } = slotBeliefs(model, { person: commuter, day: 0 });
    // UTC in January is an hour behind Paris: 06:30.
    expect(means.indexOf(Math.max(...means))).toBe(3);
    expect(() => slotActivity(timing, 12, () => 'stop')).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('is saved and loaded to the bit, watched and stopped', () => {
    const { sends } = even(50, 10);
    const heard: number[] = [];
    const input = {
      people: { count: 50, groups: 2, group: Uint8Array.from({ length: 50 }, (_, u) => u % 2) },
      sends,
    };
    const model = fitSlots(input, {}, ({ done }) => void heard.push(done));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    // A word for every step of a search, not one for all of it.
    expect(heard.length).toBeGreaterThan(100);
    const bytes = saveSlots(model);
    expect(loadSlots(bytes)).toEqual(model);
    expect(slotShares(loadSlots(bytes), { person: 3, day: 1 })).toEqual(
      slotShares(model, { person: 3, day: 1 }),
    );
    const broken = bytes.slice(0, -16);
    expect(() => loadSlots(broken)).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(() => fitSlots(input, {}, () => 'stop')).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });

  const people = { count: 1 };
  const good = { person: [0], day: [0], slot: [0], engaged: [1] };
  it.each([
    ['unknown_key', { people, sends: { ...good, person: [1] } }, {}],
    ['unknown_key', { people, sends: { ...good, day: [2] } }, {}],
    ['unknown_key', { people, sends: { ...good, slot: [12] } }, {}],
    ['probability_out_of_range', { people, sends: { ...good, engaged: [2] } }, {}],
    ['nan', { people, sends: { ...good, engaged: [Number.NaN] } }, {}],
    ['length_mismatch', { people, sends: { ...good, engaged: [] } }, {}],
    ['propensity_out_of_range', { people, sends: { ...good, propensity: [0] } }, {}],
    ['out_of_range', { people, sends: good }, { slots: 7 }],
    ['out_of_range', { people, sends: good, activity: new Float32Array(24) }, {}],
    ['length_mismatch', { people, sends: good, activity: new Float32Array(3) }, {}],
    ['unknown_key', { people: { count: 1, group: [1] }, sends: good }, {}],
    ['negative_count', { people: { count: 0.5 }, sends: good }, {}],
  ])('throws %s', (code, input, settings) => {
    expect(() => fitSlots(input, settings)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a slot', () => {
  const { sends } = even(200, 30);
  const model: SlotModel = fitSlots({ people: { count: 200 }, sends });

  it('is never one that is not allowed, and keeps the floor among those that are', () => {
    const random = createRandom('mask');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 }),
        fc.integer({ min: 0, max: 199 }),
        fc.constantFrom<DayKind>(0, 1),
        (candidates, person, day) => {
          fc.pre(candidates.includes(1));
          const found = decideSlot(model, { person, day, candidates }, { random, floor: 0.03 });
          expect(candidates[found.slot]).toBe(1);
          for (const shares of [found.personal, found.propensities]) {
            expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
            candidates.forEach((open, s) => {
              if (open) expect(shares[s]).toBeGreaterThanOrEqual(0.03 - 1e-15);
              else expect(shares[s]).toBe(0);
            });
          }
          expect(found.propensity).toBe(found.propensities[found.slot]);
          expect(found.forced).toBe(candidates.filter((open) => open === 1).length === 1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is drawn with the probability that is logged', () => {
    const random = createRandom('draws');
    const drawn = new Float64Array(12);
    const expected = new Float64Array(12);
    for (let k = 0; k < 40_000; k++) {
      const found = decideSlot(model, { person: k % 200, day: 0 }, { random });
      drawn[found.slot] = (drawn[found.slot] as number) + 1;
      found.propensities.forEach((p, s) => {
        expected[s] = (expected[s] as number) + p;
      });
    }
    const chi = drawn.reduce(
      (sum, n, s) => sum + (n - (expected[s] as number)) ** 2 / (expected[s] as number),
      0,
    );
    expect(chiSquareTail(chi, 11)).toBeGreaterThan(0.001);
  });

  it('is even for the permanent randomised share of people', () => {
    const random = createRandom('share');
    let randomised = 0;
    for (let u = 0; u < 5000; u++) {
      const rules = { random, unit: `person-${u}`, randomisedShare: 0.2 };
      const found = decideSlot(model, { person: u % 200, day: 1 }, rules);
      if (found.arm !== 'randomised') continue;
      randomised++;
      expect(found.propensity).toBe(1 / 12);
      expect(decideSlot(model, { person: u % 200, day: 0 }, rules).arm).toBe('randomised');
    }
    expect(Math.abs(randomised / 5000 - 0.2)).toBeLessThan(0.02);
  });

  it.each([
    ['no_actions', () => slotShares(model, { person: 0, day: 0, candidates: new Uint8Array(12) })],
    ['length_mismatch', () => slotShares(model, { person: 0, day: 0, candidates: [1] })],
    ['unknown_key', () => slotShares(model, { person: 200, day: 0 })],
    ['unknown_key', () => slotShares(model, { person: 0, day: 2 as DayKind })],
    ['out_of_range', () => slotShares(model, { person: 0, day: 0 }, { floor: 2 })],
    ['out_of_range', () => slotShares(model, { person: 0, day: 0 }, { width: 0 })],
    [
      'out_of_range',
      () => decideSlot(model, { person: 0, day: 0 }, { random: createRandom(1), randomisedShare: 2 }),
    ],
  ])('refused: %s', (code, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code }));
  });
});
