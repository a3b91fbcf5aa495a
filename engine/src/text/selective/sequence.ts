import { checkLength, checkLevel, engineError } from '../../errors/index.ts';
import { binomialCdf } from '../../special/index.ts';

/** Answers that could have been given, each with its score and whether it would have been wrong. */
export interface Judged {
  /** Length n; an answer is given where the score is at least the threshold. */
  readonly scores: ArrayLike<number>;
  /** 1 where the answer would have been wrong, else 0; length n. */
  readonly wrong: ArrayLike<number>;
}

export interface ThresholdTest {
  readonly threshold: number;
  /** Answers at or above it, and wrong ones among them. */
  readonly answered: number;
  readonly errors: number;
  /** P(as few errors or fewer), were the error rate just `target`: exact binomial. */
  readonly pValue: number;
}

export interface SequenceInput extends Judged {
  /** Falling; chosen without these rows. */
  readonly thresholds: ArrayLike<number>;
  /** Share of wrong answers that is allowed, in (0, 1). */
  readonly target: number;
  /** Chance to miss it that is allowed, in (0, 1). */
  readonly level: number;
}

export interface SequenceResult {
  /** The last threshold that passed; undefined where the first failed: no answer may be given. */
  readonly threshold: number | undefined;
  /** Those that passed, and the one that ended it. */
  readonly tests: readonly ThresholdTest[];
}

export const checkJudged = ({ scores, wrong }: Judged): void => {
  checkLength('wrong', wrong.length, scores.length);
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) throw engineError('nan', `scores[${i}] is NaN`, { index: i });
    if (wrong[i] !== 0 && wrong[i] !== 1)
      throw engineError('out_of_range', `wrong[${i}] must be 0 or 1, got ${wrong[i]}`, { index: i });
  }
};

/** Rows by falling score, and wrong ones among the first i. */
export const cumulate = ({ scores, wrong }: Judged) => {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
    (i, j) => (scores[j] as number) - (scores[i] as number),
  );
  const sorted = Float64Array.from(order, (i: number) => scores[i] as number);
  const errors = new Uint32Array(order.length + 1);
  for (let i = 0; i < order.length; i++)
    errors[i + 1] = (errors[i] as number) + (wrong[order[i] as number] as number);
  return { sorted, errors };
};

/**
 * The lowest threshold whose answers are wrong at most a share `target` of the time, with chance at least 1 - `level` over the rows: thresholds
 * are tested from the highest down, each at the full level, and the first that fails ends it (fixed-sequence testing: Maurer, Hothorn and
 * Lehmacher 1995; Bauer 1991; for selective classification Angelopoulos et al., “Learn then test”, arXiv 2110.01052, section 2.3).
 * Taking the lowest of all thresholds whose own interval fits, instead, misses far more often than it says.
 *
 * Holds for any finite number of independent rows from the population asked about, if scores and thresholds were made without them. O(n log n).
 *
 * @throws EngineError `length_mismatch`, `nan`, `out_of_range`, `probability_out_of_range`
 * @example
 * const thresholds = [0.9, 0.8, 0.7]; // from earlier rows
 * testThresholds({ scores, wrong, thresholds, target: 0.1, level: 0.05 }).threshold; // 0.8
 */
export const testThresholds = ({ thresholds, target, level, ...judged }: SequenceInput): SequenceResult => {
  checkJudged(judged);
  checkLevel('target', target);
  checkLevel('level', level);
  for (let k = 0; k < thresholds.length; k++) {
    const threshold = thresholds[k] as number;
    if (!(threshold < (k === 0 ? Infinity : (thresholds[k - 1] as number))))
      throw engineError('out_of_range', `thresholds must fall: [${k}] is ${threshold}`, { index: k });
  }
  const { sorted, errors } = cumulate(judged);
  const tests: ThresholdTest[] = [];
  let passed: number | undefined;
  let answered = 0;
  for (let k = 0; k < thresholds.length; k++) {
    const threshold = thresholds[k] as number;
    while (answered < sorted.length && (sorted[answered] as number) >= threshold) answered++;
    const wrong = errors[answered] as number;
    const pValue = answered === 0 ? 1 : binomialCdf(wrong, answered, target);
    tests.push({ threshold, answered, errors: wrong, pValue });
    if (!(pValue <= level)) break;
    passed = threshold;
  }
  return { threshold: passed, tests };
};
