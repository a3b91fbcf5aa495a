import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../../errors/index.ts';
import { createRandom } from '../../../random/index.ts';
import {
  collectInteractions,
  historyOf,
  type TasteEvents,
  type TasteHistory,
} from '../../interactions/index.ts';
import { fitSequence, loadSequence, type SequenceModel, saveSequence, sequenceTaste } from './index.ts';

const DAY = 86_400_000;

type Line = readonly [person: number, item: number, day: number, order?: number];

const eventsOf = (items: number, lines: readonly Line[], more: Partial<TasteEvents> = {}): TasteEvents => ({
  people: Math.max(0, ...lines.map(([person]) => person + 1)),
  items,
  person: Uint32Array.from(lines, ([person]) => person),
  item: Uint32Array.from(lines, ([, item]) => item),
  atMs: Float64Array.from(lines, ([, , day]) => day * DAY),
  order: Uint32Array.from(lines, ([, , day, order]) => order ?? day),
  ...more,
});

const past = (...entries: readonly (readonly [item: number, day: number])[]): TasteHistory => {
  const sorted = entries.toSorted(([a], [b]) => a - b);
  return {
    item: Uint32Array.from(sorted, ([item]) => item),
    weight: new Float64Array(sorted.length).fill(1),
    firstAtMs: Float64Array.from(sorted, ([, day]) => day * DAY),
    lastAtMs: Float64Array.from(sorted, ([, day]) => day * DAY),
    orders: new Uint32Array(sorted.length).fill(1),
  };
};

const scoresOf = (model: SequenceModel, history: TasteHistory, nowMs?: number): Float64Array => {
  const out = new Float64Array(model.items).fill(Number.NaN);
  sequenceTaste(model).score(history, out, nowMs);
  return out;
};

const best = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isEngineError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
};

/** 20 items; after i comes i + 1 with probability 0.7, anything (the popular ones more) otherwise. */
const plantedChains = (people: number, seed = 1): TasteEvents => {
  const random = createRandom(seed);
  const lines: Line[] = [];
  for (let u = 0; u < people; u++) {
    let item = random.integer(0, 19);
    for (let day = 0; day < 8; day++) {
      lines.push([u, item, day]);
      item = random.chance(0.7) ? (item + 1) % 20 : Math.floor(20 * random.uniform() ** 3);
    }
  }
  return eventsOf(20, lines);
};

describe('what follows what', () => {
  it('finds planted chains, under a popularity that would hide them', () => {
    const model = fitSequence(plantedChains(400), { window: 2 });
    for (let item = 0; item < 20; item++)
      expect(best(scoresOf(model, past([item, 1])))).toBe((item + 1) % 20);
  });

  it('counts by hand', () => {
    // 0 → 1 twice (one step), 0 → 2 once (two steps behind), 1 → 2 once.
    const events = eventsOf(3, [
      [0, 0, 0],
      [0, 1, 1],
      [0, 2, 2],
      [1, 0, 0],
      [1, 1, 5],
    ]);
    const model = fitSequence(events, { window: 2, discount: 0.5, popularity: 0, shrink: 1 });
    // Cases after 0: 1 + 0.5 + 1; after 1: 1.
    expect([...model.start]).toEqual([0, 2, 3, 3]);
    expect([...model.item]).toEqual([1, 2, 2]);
    expect(far(model.weight, [2 / 3.5, 0.5 / 3.5, 1 / 2])).toBeLessThan(1e-12);
    // The latest step counts 1, the one before it 0.5.
    expect(scoresOf(model, past([0, 1], [1, 2]))[2]).toBeCloseTo(0.5 * (0.5 / 3.5) + 1 / 2, 12);
    // Two items of one step share its voice.
    expect(scoresOf(model, past([0, 1], [1, 1]))[2]).toBeCloseTo((0.5 / 3.5 + 1 / 2) / 2, 12);
  });

  it('divides by how often an item follows anything, as strongly as asked', () => {
    const events = eventsOf(3, [
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
      [1, 2, 1],
      [2, 1, 0],
      [2, 2, 1],
    ]);
    const [plain, corrected] = [0, 1].map((popularity) => fitSequence(events, { popularity, shrink: 0 }));
    // After 0 come 1 and 2, once each; of three followers 1 is one and 2 are two.
    expect([...(plain as SequenceModel).weight.subarray(0, 2)]).toEqual([0.5, 0.5]);
    expect(far((corrected as SequenceModel).weight.subarray(0, 2), [1.5, 0.75])).toBeLessThan(1e-12);
  });

  it('lets gaps fade, in the links and for who asks late', () => {
    const events = eventsOf(3, [
      [0, 0, 0],
      [0, 1, 10],
      [1, 0, 0],
      [1, 2, 1],
    ]);
    const model = fitSequence(events, { halfLifeDays: 10, popularity: 0 });
    const scores = scoresOf(model, past([0, 10]), 10 * DAY);
    expect((scores[1] as number) / (scores[2] as number)).toBeCloseTo(0.5 / 0.5 ** 0.1, 9);
    expect(scoresOf(model, past([0, 10]), 20 * DAY)[2]).toBeCloseTo((scores[2] as number) / 2, 12);
  });

  it('forgets what is so old that nothing is left of it', () => {
    const old = eventsOf(3, [
      [0, 0, 0],
      [0, 1, 5000],
      [0, 2, 5001],
    ]);
    const { start, item } = fitSequence(old, { halfLifeDays: 1, shrink: 0 });
    expect([...start]).toEqual([0, 0, 1, 1]);
    expect([...item]).toEqual([2]);
  });

  it('keeps sessions apart when asked, and leaves out returns, gifts and bulk orders', () => {
    const lines: Line[] = [
      [0, 0, 0, 1],
      [0, 1, 1, 1],
      [0, 2, 2, 2],
      [0, 3, 3, 2],
    ];
    const session = fitSequence(eventsOf(4, lines), { chain: 'session' });
    expect([...session.start]).toEqual([0, 1, 1, 2, 2]);
    expect([...session.item]).toEqual([1, 3]);
    const returned = fitSequence(eventsOf(4, lines, { weight: Float64Array.of(1, 1, -1, 1) }));
    expect(scoresOf(returned, past([2, 1]))[3]).toBe(0);
    const gift = fitSequence(eventsOf(4, lines, { own: Float32Array.of(1, 0, 1, 1) }));
    expect(scoresOf(gift, past([0, 1]))[1]).toBe(0);
    const bulk = fitSequence(
      eventsOf(4, [
        [0, 0, 0],
        [0, 1, 0],
        [0, 2, 0],
        [0, 3, 1],
      ]),
      { longestStep: 2 },
    );
    expect(bulk.item.length).toBe(0);
    expect(
      codeOf(() => fitSequence({ ...eventsOf(4, lines), order: undefined } as never, { chain: 'session' })),
    ).toBe('empty_input');
  });

  it('keeps the strongest links only', () => {
    const events = plantedChains(200);
    const few = fitSequence(events, { neighbours: 2 });
    const all = fitSequence(events);
    expect(few.item.length).toBe(40);
    for (let i = 0; i < 20; i++) {
      const kept = [...few.weight.subarray(few.start[i], few.start[i + 1])].sort();
      const best2 = [...all.weight.subarray(all.start[i], all.start[i + 1])].sort().slice(-2);
      expect(kept).toEqual(best2);
    }
  });

  it('does not depend on the order of the events', () => {
    const events = plantedChains(50);
    const order = createRandom(3).shuffle([...events.person.keys()]);
    const pick = <T extends Uint32Array | Float64Array>(column: T): T =>
      column.map((_, k) => column[order[k] as number] as number) as T;
    const shuffled = {
      ...events,
      person: pick(events.person),
      item: pick(events.item),
      atMs: pick(events.atMs),
      order: pick(events.order as Uint32Array),
    };
    expect(fitSequence(shuffled)).toEqual(fitSequence(events));
  });
});

const far = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  let worst = 0;
  for (let k = 0; k < a.length; k++) worst = Math.max(worst, Math.abs((a[k] as number) - (b[k] as number)));
  return worst;
};

describe('the rest of the contract', () => {
  const events = plantedChains(60);
  const model = fitSequence(events, { halfLifeDays: 30 });

  it('explains scores exactly', () => {
    const taste = sequenceTaste(model);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(19), fc.nat(5)), { selector: ([item]) => item, maxLength: 12 }),
        fc.nat(19),
        (entries, item) => {
          const history = past(...entries);
          const explained = taste.explain?.(history, item, 9 * DAY);
          const sum = explained?.parts.reduce(
            (total, { contribution }) => total + contribution,
            explained.base,
          );
          expect(sum).toBeCloseTo(scoresOf(model, history, 9 * DAY)[item] as number, 12);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('saves and loads to the last bit, and refuses damage', () => {
    const bytes = saveSequence(model);
    expect(loadSequence(bytes)).toEqual(model);
    const endless = fitSequence(events);
    expect(loadSequence(saveSequence(endless))).toEqual(endless);
    const damaged = bytes.slice();
    damaged[bytes.length - 1] = (damaged[bytes.length - 1] as number) ^ 1;
    expect(codeOf(() => loadSequence(damaged))).toBe('damaged');
  });

  it('stops', () => {
    const heard: number[] = [];
    fitSequence(events, {}, ({ done }) => void heard.push(done));
    expect(heard.length).toBeGreaterThan(0);
    expect(codeOf(() => fitSequence(events, {}, () => 'stop'))).toBe('cancelled');
  });

  it('answers for nothing, one, a million items, and all at one instant', () => {
    const nothing = fitSequence(eventsOf(0, []));
    expect(scoresOf(nothing, past()).length).toBe(0);
    const one = fitSequence(eventsOf(1, [[0, 0, 0]]));
    expect([...scoresOf(one, past([0, 0]))]).toEqual([0]);
    const many = fitSequence(
      eventsOf(1_000_000, [
        [0, 5, 0],
        [0, 999_999, 1],
      ]),
    );
    expect(best(scoresOf(many, past([5, 0])).subarray(999_998))).toBe(1);
    const same = fitSequence(
      eventsOf(3, [
        [0, 0, 0],
        [0, 1, 0],
        [0, 2, 0],
      ]),
    );
    expect(same.item.length).toBe(0);
  });

  it('says what is wrong', () => {
    expect(codeOf(() => fitSequence(events, { window: 0 }))).toBe('out_of_range');
    expect(codeOf(() => fitSequence(events, { discount: 0 }))).toBe('out_of_range');
    expect(codeOf(() => fitSequence(events, { shrink: -1 }))).toBe('out_of_range');
    expect(codeOf(() => fitSequence({ ...events, atMs: events.atMs.map(() => Number.NaN) }))).toBe('nan');
    expect(codeOf(() => scoresOf(model, past([30, 0])))).toBe('out_of_range');
    expect(codeOf(() => scoresOf(model, past([3, Number.NaN])))).toBe('nan');
    const interactions = collectInteractions(events);
    expect(codeOf(() => sequenceTaste(model).score(historyOf(interactions, 0), new Float64Array(3)))).toBe(
      'length_mismatch',
    );
  });
});
