import { createRandom } from '../../random/index.ts';
import { GROUPS, unpack, type WordSketches } from './sketch.ts';

export interface WordsCompared {
  /** Mean share of unknown words, then and now. */
  readonly unknownThen: number;
  readonly unknownNow: number;
  /** Σ over groups of words (share now - share then)² / variance, over its mean were nothing changed: 1 is no drift. */
  readonly divergence: number;
  /** Permutation p-values: more unknown words; other words. */
  readonly pUnknown: number;
  readonly pWords: number;
}

const PERMUTATIONS = 999;
export const SMALLEST_P = 1 / (PERMUTATIONS + 1);

/**
 * Two-sample permutation tests on whole texts (words of one text depend on one another, texts need not). Exact: were both samples from
 * one source, a p-value <= a comes with chance at most a, whatever the source. O(permutations × words).
 */
export const compareWords = (then: WordSketches, now: WordSketches, seed: string): WordsCompared => {
  const n = then.texts + now.texts;
  const groups = [...unpack(then), ...unpack(now)];
  const unknown = Float64Array.of(...then.unknown, ...now.unknown);
  const totals = new Float64Array(GROUPS);
  for (const text of groups) for (const group of text) totals[group] = (totals[group] as number) + 1;
  const weights = totals.map((total) =>
    total === 0 || total === n ? 0 : 1 / ((total / n) * (1 - total / n)),
  );
  const counts = new Float64Array(GROUPS);
  const unknownTotal = unknown.reduce((sum, each) => sum + each, 0);

  /** Of the texts at places `picked`, as if they were now's. */
  const statistics = (picked: Uint32Array): readonly [words: number, unknown: number] => {
    counts.fill(0);
    let unknownSum = 0;
    for (const i of picked) {
      unknownSum += unknown[i] as number;
      for (const group of groups[i] as Uint8Array) counts[group] = (counts[group] as number) + 1;
    }
    let words = 0;
    for (let g = 0; g < GROUPS; g++) {
      const here = counts[g] as number;
      const difference = here / now.texts - ((totals[g] as number) - here) / then.texts;
      words += difference * difference * (weights[g] as number);
    }
    return [words, unknownSum];
  };

  const places = Uint32Array.from({ length: n }, (_, i) => i);
  const [words, unknownSum] = statistics(places.subarray(then.texts));
  const random = createRandom(seed, 'words drift');
  let [asMuch, asUnknown, sum] = [1, 1, words];
  for (let k = 0; k < PERMUTATIONS; k++) {
    // The first `now.texts` places of a partial Fisher–Yates shuffle.
    for (let i = 0; i < now.texts; i++) {
      const j = random.integer(i, n - 1);
      [places[i], places[j]] = [places[j] as number, places[i] as number];
    }
    const [drawn, drawnUnknown] = statistics(places.subarray(0, now.texts));
    // Sums in another order differ in their last bits: a tie counts against a finding.
    if (drawn >= words * (1 - 1e-12)) asMuch++;
    if (drawnUnknown >= unknownSum * (1 - 1e-12)) asUnknown++;
    sum += drawn;
  }
  return {
    unknownThen: (unknownTotal - unknownSum) / then.texts,
    unknownNow: unknownSum / now.texts,
    divergence: sum > 0 ? (words * (PERMUTATIONS + 1)) / sum : 1,
    pUnknown: asUnknown / (PERMUTATIONS + 1),
    pWords: asMuch / (PERMUTATIONS + 1),
  };
};
