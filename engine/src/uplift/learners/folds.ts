import { engineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import type { CheckedData } from './data.ts';

interface FoldSettings {
  readonly folds: number;
  readonly seed: number | string;
}

/**
 * Folds of equal size, stratified by arm and by whether there was an outcome; drawn from the people's ids when there are any. O(n log n).
 *
 * @throws EngineError `out_of_range`, `too_few`
 */
export const foldsOf = (data: CheckedData, { folds, seed }: FoldSettings): Uint8Array => {
  const { treated, outcomes, people } = data;
  const n = treated.length;
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 50))
    throw engineError('out_of_range', `folds must be a whole number from 2 to 50, got ${folds}`);
  const treatedCount = treated.reduce((a, b) => a + b, 0);
  if (Math.min(treatedCount, n - treatedCount) < 2 * folds)
    throw engineError('too_few', `${folds} folds need ${2 * folds} people in each arm`, { folds });
  const source = createRandom(seed, 'folds');
  const keys = Float64Array.from({ length: n }, (_, i) =>
    people ? createRandom(seed, `fold of ${people[i]}`).uniform() : source.uniform(),
  );
  const stratum = (row: number): number => 2 * (treated[row] as number) + (outcomes[row] === 0 ? 0 : 1);
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => stratum(a) - stratum(b) || (keys[a] as number) - (keys[b] as number),
  );
  const fold = new Uint8Array(n);
  order.forEach((row, place) => {
    fold[row] = place % folds;
  });
  return fold;
};
