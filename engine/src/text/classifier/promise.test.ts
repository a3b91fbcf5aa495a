import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../random/index.ts';
import { certifyClasses, fullCertificateSettings, type JudgedAnswer } from './certify.ts';
import { oneAWriter } from './one-a-writer.ts';

const CLASSES = ['rare', 'some', 'most'] as const;
const SHARES = [0.06, 0.14, 0.8];
const TARGET = 0.1;
const DELTA = 0.1;
const asked = fullCertificateSettings({ target: TARGET, delta: DELTA, leastChance: 0 }, CLASSES);

/** Chance of an error at a score, and share of errors at or above it, by class; scores are uniform on [0, 1]. */
interface World {
  readonly name: string;
  readonly rate: (score: number, c: number) => number;
  readonly risk: (threshold: number, c: number) => number;
}

const falling = (start: number, slope: number): Pick<World, 'rate' | 'risk'> => ({
  rate: (score) => start - slope * score,
  risk: (threshold) => start - (slope * (1 + threshold)) / 2,
});

const worlds: readonly World[] = [
  { name: 'just above the limit everywhere', ...falling(TARGET + 1e-6, 0) },
  { name: 'above it at low scores', ...falling(0.26, 0.24) },
  {
    name: 'one class above the limit, the others far below',
    rate: (_score, c) => (c === 1 ? TARGET + 1e-6 : 0.02),
    risk: (_t, c) => (c === 1 ? TARGET + 1e-6 : 0.02),
  },
];

const answer = (random: Random, { rate }: World): JudgedAnswer => {
  const label = random.weighted([0, 1, 2], SHARES);
  const chance = random.uniform();
  return { label, chance, truth: random.chance(rate(chance, label)) ? (label + 1) % 3 : label };
};

/** Held-out rows as a model gives them: the likeliest class's chance is the score. */
const heldOutOf = (answers: readonly JudgedAnswer[]) => {
  // Scores from 0 to 1 as chances above those of the other two.
  const chances = answers.flatMap(({ label, chance }) =>
    CLASSES.map((_, c) => (c === label ? 1 + chance : 0)),
  );
  return { chances: Float64Array.from(chances), labels: Uint8Array.from(answers, ({ truth }) => truth) };
};

const shift = (answers: readonly JudgedAnswer[]): readonly JudgedAnswer[] =>
  answers.map((each) => ({ ...each, chance: 1 + each.chance }));

describe('the promise of a certificate', () => {
  // 150 repetitions: were the chance just 10 %, more than 27 misses would come once in 1,000 times.
  const RUNS = 150;

  it.each(worlds)('holds for rare and frequent classes alike: $name', (world) => {
    let [missed, certified] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const random = createRandom(`${world.name} ${run}`);
      const draw = (n: number) => Array.from({ length: n }, () => answer(random, world));
      const found = certifyClasses(
        { classes: CLASSES, heldOut: heldOutOf(draw(300)), judged: shift(draw(500)) },
        asked,
      );
      expect(found.reduce((sum, { level }) => sum + level, 0)).toBeLessThanOrEqual(DELTA + 1e-12);
      const thresholds = found.map(({ threshold }) => threshold && Math.max(0, threshold - 1));
      if (thresholds.some((each) => each !== undefined)) certified++;
      if (thresholds.some((each, c) => each !== undefined && world.risk(each, c) > TARGET)) missed++;
    }
    expect(missed).toBeLessThanOrEqual(27);
    // A certificate that never answers keeps any promise.
    if (world !== worlds[0]) expect(certified).toBeGreaterThan(0.3 * RUNS);
    else expect(certified).toBe(missed);
  });

  it('needs texts of different people: one of each is kept where writers are known', () => {
    const missesOf = (texts: number, keep: typeof oneAWriter): number => {
      let missed = 0;
      for (let run = 0; run < RUNS; run++) {
        const random = createRandom(`writers ${run}`);
        // Ten texts a person, all of them right or all of them wrong, just above the limit on average.
        const writers = Array.from({ length: texts }, (_, i) => Math.floor(i / 10));
        const wrong = writers.map(() => 0);
        for (let u = 0; u * 10 < texts; u++)
          if (random.chance(TARGET + 1e-6)) wrong.fill(1, u * 10, u * 10 + 10);
        const kept = keep({ texts: writers.map((_, i) => `${i}`), labels: wrong, atMs: writers, writers });
        const judged = kept.texts.map((text) => ({
          label: 0,
          chance: 1,
          truth: wrong[Number(text)] as number,
        }));
        const heldOut = heldOutOf(judged.map((each) => ({ ...each, truth: 0 })));
        if (
          certifyClasses({ classes: CLASSES, heldOut, judged: shift(judged) }, asked)[0]?.threshold !==
          undefined
        )
          missed++;
      }
      return missed;
    };
    expect(missesOf(900, (all) => all)).toBeGreaterThan(0.2 * RUNS);
    expect(missesOf(900, oneAWriter)).toBeLessThanOrEqual(27);
  });
});

describe('one text a writer', () => {
  const rows = Array.from({ length: 400 }, (_, i) => ({
    text: i % 4 === 0 ? 'parfait' : `texte ${i}`,
    writer: i < 360 ? i % 90 : [undefined, null, ''][i % 3],
    label: i % 3,
    atMs: i,
  }));
  const columns = (of: typeof rows) => ({
    texts: of.map(({ text }) => text),
    labels: of.map(({ label }) => label),
    atMs: of.map(({ atMs }) => atMs),
    writers: of.map(({ writer }) => writer),
  });

  it('is drawn alike for every text, whatever it says, and whatever the order', () => {
    const kept = oneAWriter(columns(rows));
    // 90 writers, of four texts each, and 40 texts of nobody known.
    expect(kept.texts.length).toBe(130);
    expect(new Set(Array.from(kept.writers ?? []).slice(0, 90)).size).toBe(90);
    // A text that many write must not be drawn more often, or never, for what it says: 90 draws with chance about 1/4.
    const plain = kept.texts.filter((text, i) => text === 'parfait' && (kept.atMs[i] as number) < 360).length;
    expect(plain).toBeGreaterThan(8);
    expect(plain).toBeLessThan(40);
    const moved = oneAWriter(columns(createRandom(3).shuffle(rows)));
    expect(Array.from(moved.atMs).toSorted()).toEqual(Array.from(kept.atMs).toSorted());
    const { writers: _, ...unknown } = columns(rows);
    expect(oneAWriter(unknown)).toBe(unknown);
  });
});
