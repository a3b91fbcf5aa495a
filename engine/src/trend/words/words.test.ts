import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { type Bursts, burstingWords, type WordUses } from './index.ts';

const found = (answer: ReturnType<typeof burstingWords>): Bursts => {
  if (answer.kind === 'no_answer') throw new Error(answer.reason);
  return answer;
};

/** Words with chances like 1/rank; `people` say 5 each; word 20 comes `boost` times as often. */
const talk = (
  seed: string,
  { people, words, boost = 1 }: { people: number; words: number; boost?: number },
) => {
  const random = createRandom(seed);
  const weights = Array.from({ length: words }, (_, w) => (w === 20 ? boost : 1) / (w + 5));
  const list = Array.from({ length: words }, (_, w) => w);
  const word: number[] = [];
  const person: number[] = [];
  for (let who = 0; who < people; who++)
    for (let k = 0; k < 5; k++) {
      word.push(random.weighted(list, weights));
      person.push(who);
    }
  return { word, person };
};

describe('bursting words', () => {
  const before = talk('before', { people: 3000, words: 300 });

  it('finds what many say, and not what one says all day', () => {
    const now = talk('now', { people: 800, words: 300, boost: 4 });
    const loud: WordUses = {
      word: [...now.word, ...Array<number>(200).fill(150)],
      person: [...now.person, ...Array<number>(200).fill(9)],
    };
    const { bursting, fewPeople, tested } = found(burstingWords({ words: 300, now: loud, before }));
    expect(bursting.map(({ word }) => word)).toEqual([20]);
    expect(bursting[0]?.z).toBeGreaterThan(5);
    expect(bursting[0]?.people).toBe(bursting[0]?.observed);
    expect(bursting[0]?.effectivePeople).toBeGreaterThan(100);
    expect(fewPeople.map(({ word, firstPerson }) => [word, firstPerson])).toEqual([[150, 9]]);
    expect(fewPeople[0]?.firstShare).toBeGreaterThan(0.9);
    expect(tested).toBeGreaterThan(200);
  });

  it('needs people, however many uses of each count', () => {
    const now = { word: Array<number>(400).fill(5), person: Array.from({ length: 400 }, (_, k) => k % 4) };
    const loud = { word: [...now.word, 1, 2, 3], person: [...now.person, 8, 8, 8] };
    const settings = { perPerson: 1000, leastRatio: 1 };
    expect(found(burstingWords({ words: 300, now: loud, before }, settings)).bursting).toEqual([]);
    expect(
      found(burstingWords({ words: 300, now: loud, before }, { ...settings, leastPeople: 4 })).bursting
        .length,
    ).toBe(1);
  });

  it('corrects for all words whatever their dependence', () => {
    const now = talk('now', { people: 800, words: 300, boost: 4 });
    const { bursting, tested } = found(burstingWords({ words: 300, now, before }));
    let harmonic = 0;
    for (let k = 1; k <= tested; k++) harmonic += 1 / k;
    expect(bursting.length).toBe(1);
    expect((bursting[0]?.adjusted ?? 0) / ((bursting[0]?.pValue ?? 1) * tested * harmonic)).toBeCloseTo(1, 9);
  });

  it('is wrong on few looks where nothing rises', () => {
    let wrong = 0;
    for (let look = 0; look < 20; look++) {
      const now = talk(`quiet/${look}`, { people: 500, words: 300 });
      wrong +=
        found(burstingWords({ words: 300, now, before }, { leastRatio: 1 })).bursting.length > 0 ? 1 : 0;
    }
    expect(wrong).toBeLessThanOrEqual(3);
  });

  it('has the log-odds of the paper', () => {
    const now = { word: [0, 0, 0, 1, 2], person: [1, 2, 3, 4, 5] };
    const past = { word: [0, 1, 1, 2, 2], person: [1, 2, 3, 4, 5] };
    const settings = { leastRatio: 0.1, leastPeople: 1, prior: 10, falseDiscoveryRate: 0.999 };
    const word = found(burstingWords({ words: 3, now, before: past }, settings)).bursting.find(
      (b) => b.word === 0,
    );
    // Prior of word 0: 10 × 4/10 uses; 3 of 5 now, 1 of 5 before.
    expect(word?.logOdds).toBeCloseTo(Math.log(7 / 8) - Math.log(5 / 10), 12);
    expect(word?.z).toBeCloseTo((word?.logOdds ?? 0) / Math.sqrt(1 / 7 + 1 / 5), 12);
  });

  it('does not mind the order of the rows', () => {
    const now = talk('rows', { people: 800, words: 300, boost: 4 });
    const back = { word: now.word.toReversed(), person: now.person.toReversed() };
    expect(burstingWords({ words: 300, now: back, before })).toEqual(
      burstingWords({ words: 300, now, before }),
    );
  });

  it('answers or says why not', () => {
    const empty = { word: [], person: [] };
    const one = { word: [0], person: [0] };
    expect(burstingWords({ words: 1, now: empty, before: one })).toMatchObject({ reason: 'nothing_now' });
    expect(burstingWords({ words: 1, now: one, before: empty })).toMatchObject({ reason: 'nothing_before' });
    expect(burstingWords({ words: 1, now: one, before: one })).toMatchObject({ bursting: [] });
    const only = { word: Array(50).fill(0), person: Array.from({ length: 50 }, (_, i) => i) };
    expect(burstingWords({ words: 1, now: only, before: one }, { leastRatio: 0.01 })).toMatchObject({
      kind: 'bursts',
    });
    for (const [code, work] of [
      ['out_of_range', () => burstingWords({ words: 1, now: { word: [1], person: [0] }, before: one })],
      ['out_of_range', () => burstingWords({ words: 9, now: { word: [1], person: [2 ** 52] }, before: one })],
      ['length_mismatch', () => burstingWords({ words: 1, now: { word: [0], person: [] }, before: one })],
      [
        'negative_count',
        () => burstingWords({ words: 1, now: { word: [0], person: [0], count: [-1] }, before: one }),
      ],
      ['out_of_range', () => burstingWords({ words: 1, now: one, before: one }, { leastRatio: 0 })],
    ] as const)
      expect(work).toThrow(expect.objectContaining({ code }));
  });
});
