import { createRandom, type Random } from '../../../src/random/index.ts';
import { binomialCdf } from '../../../src/special/index.ts';
import { planThresholds, testThresholds } from '../../../src/text/index.ts';

/** Answers as a source: one draw is a score and whether it would be wrong; `risk` is the true share wrong at or above a threshold. */
export interface AnswerSource {
  readonly name: string;
  readonly draw: (random: Random) => readonly [score: number, wrong: number];
  readonly risk: (threshold: number) => number;
}

/** Scores uniform on [0, 1], wrong with chance start - slope × score. */
const line = (name: string, start: number, slope: number): AnswerSource => ({
  name,
  draw: (random) => {
    const score = random.uniform();
    return [score, random.chance(start - slope * score) ? 1 : 0];
  },
  risk: (threshold) => start - (slope * (1 + threshold)) / 2,
});

export const sources: readonly AnswerSource[] = [
  line('10.01 % wrong at every score (hardest)', 0.1001, 0),
  line('from 11.2 % at the lowest score to 10 % at the highest', 0.124, 0.024),
  line('from 12 % to 6 %', 0.18, 0.12),
  line('from 14 % to 2 %', 0.26, 0.24),
];

const TARGET = 0.1;
const LEVEL = 0.05;

/** Errors allowed among n by an exact bound of its own: P(Bin(n, target) <= k) <= level. */
const allowed = Array.from({ length: 2001 }, (_, n) => {
  for (let most = -1; ; most++) if (most >= n || binomialCdf(most + 1, n, TARGET) > LEVEL) return most;
});

const scan = (rows: readonly (readonly [number, number])[]): number | undefined => {
  const sorted = rows.toSorted((a, b) => b[0] - a[0]);
  let [errors, best] = [0, undefined as number | undefined];
  sorted.forEach(([score, wrong], k) => {
    errors += wrong;
    if (errors <= (allowed[k + 1] as number)) best = score;
  });
  return best;
};

const columns = (rows: readonly (readonly [number, number])[]) => ({
  scores: rows.map(([score]) => score),
  wrong: rows.map(([, wrong]) => wrong),
});

/** How often the chosen threshold misses the target, over fresh calibration rows; the plan is made of other rows each time. */
export const missRates = (source: AnswerSource, runs: number, n: number) => {
  const misses = { sequence: 0, scan: 0 };
  let passed = 0;
  for (let run = 0; run < runs; run++) {
    const random = createRandom(`${source.name} ${run}`);
    const draw = (count: number) => Array.from({ length: count }, () => source.draw(random));
    const rows = draw(n);
    const earlier = columns(draw(n / 2));
    const { thresholds } = planThresholds({ ...earlier, target: TARGET, level: LEVEL, ratio: 2 });
    const found = testThresholds({ ...columns(rows), thresholds, target: TARGET, level: LEVEL }).threshold;
    const scanned = scan(rows);
    if (found !== undefined) passed++;
    if (found !== undefined && source.risk(found) > TARGET) misses.sequence++;
    if (scanned !== undefined && source.risk(scanned) > TARGET) misses.scan++;
  }
  return { sequence: misses.sequence / runs, scan: misses.scan / runs, passed: passed / runs };
};
