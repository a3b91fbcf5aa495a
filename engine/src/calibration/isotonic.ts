import { checkFinite, engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import { type CalibrationBasis, checkBasis } from './basis.ts';
import { type CalibrationRows, type NoCalibrator, ONE_OUTCOME, sortedRows } from './rows.ts';

export interface IsotonicCalibrator {
  readonly kind: 'isotonic';
  /** Both ends of each block's range of scores, rising (a block of one score has one end). */
  readonly scores: Float64Array;
  /** The chance at each of `scores`, never falling. */
  readonly chances: Float64Array;
  readonly basis: CalibrationBasis;
  readonly diagnostics: {
    readonly rows: number;
    readonly effectiveRows: number;
    readonly blocks: number;
    /** Least and greatest chance that is ever said. */
    readonly floor: number;
    readonly ceiling: number;
  };
}

export interface IsotonicRows extends CalibrationRows {
  /**
   * Chances are kept in [floor, 1 - floor], in [0, 0.5); 1/(effective rows + 2) unless said. A block without an outcome is no proof
   * that there never is one; 0 gives plain PAVA.
   */
  readonly floor?: number;
}

/**
 * Isotonic regression of 0/1 outcomes on scores by pooling adjacent violators (Ayer et al. 1955; Zadrozny and Elkan, KDD 2002),
 * weighted; rows of equal score are pooled first. Between two blocks the chance is interpolated linearly by score; within a block,
 * and beyond both ends, it is constant (scikit-learn's rule). Needs no shape but many rows: some 1,000, else Platt's.
 * O(n), the sort by digits.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `negative_weight`, `cancelled`
 * @example
 * const made = fitIsotonic({ scores: [1, 2, 3, 4], outcomes: [0, 1, 0, 1], basis: { kind: 'held_out' }, floor: 0 });
 * if (made.kind === 'isotonic') calibrate(made, [1, 2.5, 3.5]); // [0, 0.5, 0.75]
 */
export const fitIsotonic = (input: IsotonicRows, watch?: Watch): IsotonicCalibrator | NoCalibrator => {
  const basis = checkBasis(input.basis);
  const rows = sortedRows(input, watchPart(watch, 0, 0.7));
  if (rows.ones === 0 || rows.ones === rows.weight) return ONE_OUTCOME;
  const floor = checkFinite('floor', input.floor ?? 1 / (rows.effective + 2));
  if (!(floor >= 0 && floor < 0.5))
    throw engineError('out_of_range', `floor must be in [0, 0.5), got ${floor}`, { floor });
  const blocks = pool(rows, watchPart(watch, 0.7, 0.9));
  const scores: number[] = [];
  const chances: number[] = [];
  for (const [b, { low, high, weight, ones }] of blocks.entries()) {
    if (b % CHUNK === 0) tell(watch, 'blocks', 0.9 + (0.1 * b) / blocks.length);
    const chance = Math.min(1 - floor, Math.max(floor, ones / weight));
    scores.push(low);
    chances.push(chance);
    if (high > low) {
      scores.push(high);
      chances.push(chance);
    }
  }
  return {
    kind: 'isotonic',
    scores: Float64Array.from(scores),
    chances: Float64Array.from(chances),
    basis,
    diagnostics: {
      rows: rows.scores.length,
      effectiveRows: rows.effective,
      blocks: blocks.length,
      floor: chances[0] as number,
      ceiling: chances[chances.length - 1] as number,
    },
  };
};

interface Block {
  low: number;
  high: number;
  weight: number;
  ones: number;
}

/** Rows between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 14;

const pool = (
  { scores, outcomes, weights }: ReturnType<typeof sortedRows>,
  watch: Watch | undefined,
): readonly Block[] => {
  const blocks: Block[] = [];
  let next = 0;
  for (let i = 0; i < scores.length; ) {
    if (i >= next) {
      tell(watch, 'pool', i / scores.length);
      next = i + CHUNK;
    }
    const low = scores[i] as number;
    const block: Block = { low, high: low, weight: 0, ones: 0 };
    for (; i < scores.length && scores[i] === low; i++) {
      const weight = weights[i] as number;
      block.weight += weight;
      block.ones += weight * (outcomes[i] as number);
    }
    for (
      let last = blocks.at(-1);
      last && last.ones / last.weight >= block.ones / block.weight;
      last = blocks.at(-1)
    ) {
      block.low = last.low;
      block.weight += last.weight;
      block.ones += last.ones;
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
};

/** The chance at one score; O(log blocks). */
export const isotonicChance = ({ scores, chances }: IsotonicCalibrator, score: number): number => {
  let low = 0;
  let high = scores.length - 1;
  if (score <= (scores[0] as number)) return chances[0] as number;
  if (score >= (scores[high] as number)) return chances[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((scores[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [a, b] = [chances[low] as number, chances[high] as number];
  if (a === b) return a;
  const share = (score - (scores[low] as number)) / ((scores[high] as number) - (scores[low] as number));
  return a + share * (b - a);
};
