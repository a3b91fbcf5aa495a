import { checkCount, checkLength, checkLevel, checkProbability, engineError } from '../errors/index.ts';
import { type Estimate, wilsonInterval } from '../fairness/index.ts';
import { createRandom } from '../random/index.ts';
import { normalUpperQuantile } from '../special/index.ts';
import { meanScores } from './mean-scores.ts';
import { sortedRows } from './rows.ts';

export interface ReliabilityInput {
  /** Chances in [0, 1], length n. */
  readonly chances: ArrayLike<number>;
  /** 0 or 1, length n; of rows that neither the model nor its calibrator has seen. */
  readonly outcomes: ArrayLike<number>;
  /** 10 unless said. */
  readonly bins?: number;
  /** `equal_count` (unless said: about as many rows in each, equal chances stay together) or `equal_width` over [0, 1]. */
  readonly by?: 'equal_count' | 'equal_width';
  /** 0.95 unless said. */
  readonly confidence?: number;
  /** Of the draws behind the intervals of the calibration error; 1 unless said. */
  readonly seed?: number | string;
}

export interface ReliabilityBin {
  /** Least and greatest chance in the bin. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly meanChance: number;
  /** Share of outcomes 1, with Wilson's interval. */
  readonly observed: Estimate;
  /** The mean chance lies within the interval of what was observed. */
  readonly agrees: boolean;
}

export interface Reliability {
  readonly rows: number;
  /** Bins with rows, by chance. */
  readonly bins: readonly ReliabilityBin[];
  /** Σ rows/n · |mean chance - observed| (Naeini et al. 2015); basic bootstrap interval. */
  readonly calibrationError: Estimate;
  /** What perfectly calibrated chances would show with so many rows: mean, and the upper end of `confidence`. An error below is noise. */
  readonly errorByChance: { readonly mean: number; readonly high: number };
  /** Mean (chance - outcome)². */
  readonly brier: Estimate;
  /** Mean of -ln of the chance given to what happened; `impossible` where something came that had been given chance 0. */
  readonly logLoss: Estimate | 'impossible';
}

interface Slice {
  readonly from: number;
  readonly to: number;
}

const slicesOf = (chances: Float64Array, bins: number, by: 'equal_count' | 'equal_width'): Slice[] => {
  const n = chances.length;
  const slices: Slice[] = [];
  for (let from = 0; from < n; ) {
    let to = from + 1;
    if (by === 'equal_width') {
      const bin = Math.min(bins - 1, Math.floor((chances[from] as number) * bins));
      while (to < n && Math.min(bins - 1, Math.floor((chances[to] as number) * bins)) === bin) to++;
    } else {
      to = Math.max(to, Math.round(((slices.length + 1) * n) / bins));
      if (slices.length === bins - 1) to = n;
      while (to < n && chances[to] === chances[to - 1]) to++;
    }
    slices.push({ from, to });
    from = to;
  }
  return slices;
};

const DRAWS = 1000;

/** Calibration errors of `DRAWS` worlds in which each bin's share is normal around `centre` with `sd`. */
const drawErrors = (
  bins: readonly { readonly share: number; readonly gap: number; readonly sd: number }[],
  seed: number | string,
): Float64Array => {
  const random = createRandom(seed, 'calibration error');
  return Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (const { share, gap, sd } of bins) sum += share * Math.abs(gap + sd * random.normal());
    return sum;
  }).sort();
};

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(DRAWS - 1, Math.max(0, Math.round(share * DRAWS - 0.5)))] as number;

/**
 * Whether chances come true: a reliability curve as data, the expected calibration error, Brier's score and the log loss, each with its
 * interval. The calibration error of any finite sample is above 0; `errorByChance` says how far (after Bröcker and Smith
 * 2007). O(n log n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `probability_out_of_range`
 * @example reliabilityOf({ chances: [0.1, 0.9], outcomes: [0, 1] }).brier.value // 0.01
 */
export const reliabilityOf = (input: ReliabilityInput): Reliability => {
  const { by = 'equal_count', seed = 1 } = input;
  const bins = checkCount('bins', input.bins ?? 10);
  if (bins === 0) throw engineError('out_of_range', 'a reliability curve needs a bin');
  const confidence = checkLevel('confidence', input.confidence ?? 0.95);
  checkLength('outcomes', input.outcomes.length, input.chances.length);
  for (let i = 0; i < input.chances.length; i++)
    checkProbability(`chances[${i}]`, input.chances[i] as number);
  const { scores: chances, outcomes } = sortedRows({ scores: input.chances, outcomes: input.outcomes });
  const n = chances.length;
  const found = slicesOf(chances, bins, by).map(({ from, to }) => {
    let [sum, ones, variance] = [0, 0, 0];
    for (let i = from; i < to; i++) {
      const p = chances[i] as number;
      sum += p;
      variance += p * (1 - p);
      ones += outcomes[i] as number;
    }
    const rows = to - from;
    const meanChance = sum / rows;
    const observed = wilsonInterval(ones, rows, confidence);
    const bin: ReliabilityBin = {
      low: chances[from] as number,
      high: chances[to - 1] as number,
      rows,
      meanChance,
      observed,
      agrees: meanChance >= observed.low && meanChance <= observed.high,
    };
    return { bin, byChance: Math.sqrt(variance) / rows };
  });
  const gaps = found.map(({ bin, byChance }) => {
    // Wilson's half-width, so that a bin without an outcome still has a spread.
    const sd = (bin.observed.high - bin.observed.low) / 2 / normalUpperQuantile((1 - confidence) / 2);
    return { share: bin.rows / n, gap: bin.meanChance - bin.observed.value, sd, byChance };
  });
  const value = gaps.reduce((sum, { share, gap }) => sum + share * Math.abs(gap), 0);
  const drawn = drawErrors(gaps, seed);
  const calm = drawErrors(
    gaps.map(({ share, byChance }) => ({ share, gap: 0, sd: byChance })),
    seed,
  );
  const tail = (1 - confidence) / 2;
  return {
    rows: n,
    bins: found.map(({ bin }) => bin),
    calibrationError: {
      value,
      low: Math.max(0, Math.min(value, 2 * value - quantile(drawn, 1 - tail))),
      high: Math.min(1, Math.max(value, 2 * value - quantile(drawn, tail))),
    },
    errorByChance: {
      mean: calm.reduce((a, b) => a + b, 0) / DRAWS,
      high: quantile(calm, confidence),
    },
    ...meanScores({ chances, outcomes, confidence }),
  };
};
