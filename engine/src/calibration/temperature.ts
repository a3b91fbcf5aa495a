import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import type { Matrix } from '../linear/index.ts';
import { logSumExp, softmaxInto } from '../special/index.ts';
import { type CalibrationBasis, checkBasis } from './basis.ts';
import { sortedDifferences } from './sorted-differences.ts';

export interface TemperatureRows {
  /** n × classes: scores whose softmax are the model's chances. */
  readonly logits: Matrix;
  /** The true class of each row, 0 to classes - 1; length n. */
  readonly labels: ArrayLike<number>;
  readonly basis: CalibrationBasis;
}

export interface TemperatureCalibrator {
  readonly kind: 'temperature';
  /** chances = softmax(logits / temperature); above 1 the model was too sure. */
  readonly temperature: number;
  readonly classes: number;
  readonly basis: CalibrationBasis;
  readonly diagnostics: {
    readonly rows: number;
    /** Of the temperature, 95 % (Wald on its logarithm). */
    readonly low: number;
    readonly high: number;
    /** Mean log loss before (temperature 1) and after, on these rows. */
    readonly lossBefore: number;
    readonly lossAfter: number;
  };
}

/**
 * `uninformative`: the logits do not point at the labels, no positive temperature helps, or they hardly differ at all. `separated`: every row is right, so that the
 * best temperature is 0 and would promise certainty.
 */
export interface NoTemperature {
  readonly kind: 'no_answer';
  readonly reason: 'uninformative' | 'separated';
}

const check = ({ logits, labels }: TemperatureRows): void => {
  if (logits.rows === 0) throw engineError('empty_input', 'a calibrator needs rows');
  if (logits.columns < 2)
    throw engineError('out_of_range', 'a temperature needs two classes or more', { classes: logits.columns });
  checkLength('labels', labels.length, logits.rows);
  checkAllFinite('logits', logits.values);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!(Number.isInteger(label) && label >= 0 && label < logits.columns))
      throw engineError('out_of_range', `labels[${i}] is no class: ${label}`, { index: i });
  }
};

/** Rows between two words to the watch: some milliseconds. */
const CHUNK = 1 << 13;
/** Share of the fit that the order of the rows is. */
const SORTED = 0.3;

/**
 * Temperature scaling for several classes (Guo et al., ICML 2017): one number, which never changes the order of the classes. The log loss
 * is convex in 1/temperature: Newton's steps within a bracket. O(n classes) a step; a fixed order of sums costs some steps more.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `cancelled`
 * @example
 * const made = fitTemperature({ logits: matrixOf([[4, 0], [4, 0], [4, 0], [0, 4]]), labels: [0, 0, 1, 1], basis: { kind: 'held_out' } });
 * if (made.kind === 'temperature') made.temperature; // 3.64: chances of 3/4 instead of 0.98
 */
export const fitTemperature = (
  input: TemperatureRows,
  watch?: Watch,
): TemperatureCalibrator | NoTemperature => {
  check(input);
  const basis = checkBasis(input.basis);
  const { rows, columns } = input.logits;
  const differences = sortedDifferences(input, watchPart(watch, 0, SORTED));
  let done = SORTED;
  const alive = (row: number): void => {
    if (row % CHUNK === 0) tell(watch, 'newton', done);
  };
  // Mean loss, its slope and curvature in β = 1/temperature.
  const at = (beta: number): readonly [number, number, number] => {
    let [loss, slope, curvature] = [0, 0, 0];
    const scaled = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      alive(i);
      for (let c = 0; c < columns; c++) scaled[c] = beta * (differences[i * columns + c] as number);
      const total = logSumExp(scaled);
      let [mean, square] = [0, 0];
      for (let c = 0; c < columns; c++) {
        const d = differences[i * columns + c] as number;
        const p = Math.exp((scaled[c] as number) - total);
        mean += p * d;
        square += p * d * d;
      }
      loss += total;
      slope += mean;
      curvature += square - mean * mean;
    }
    return [loss / rows, slope / rows, curvature / rows];
  };
  // The last of a row's sorted differences is the best rival's lead, and 0 where the true class leads.
  let wrong = false;
  for (let i = 0; i < rows && !wrong; i++) wrong = (differences[(i + 1) * columns - 1] as number) > 0;
  if (!wrong) return { kind: 'no_answer', reason: at(0)[1] < 0 ? 'separated' : 'uninformative' };
  if (!(at(0)[1] < 0)) return { kind: 'no_answer', reason: 'uninformative' };
  let high = 1;
  while (at(high)[1] < 0 && high < 1e12) high *= 2;
  let [low, beta] = [0, Math.min(1, high)];
  for (let iterations = 0; iterations < 200; iterations++) {
    done = SORTED + (1 - SORTED) * Math.min(0.99, iterations / 20);
    const [, slope, curvature] = at(beta);
    if (slope < 0) low = beta;
    else high = beta;
    const newton = beta - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const settled = Math.abs(next - beta) <= 1e-13 * beta;
    beta = next;
    if (settled) break;
  }
  const [lossAfter, , curvature] = at(beta);
  const half = 1.96 / (beta * Math.sqrt(curvature * rows));
  if (!Number.isFinite(Math.exp(half) / beta)) return { kind: 'no_answer', reason: 'uninformative' };
  return {
    kind: 'temperature',
    temperature: 1 / beta,
    classes: columns,
    basis,
    diagnostics: {
      rows,
      low: Math.exp(-half) / beta,
      high: Math.exp(half) / beta,
      lossBefore: at(1)[0],
      lossAfter,
    },
  };
};

/**
 * softmax(logits / temperature), row by row, a new matrix.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`
 * @example calibrateRows(calibrator, matrixOf([[2, 0, -1]])).values // three chances that sum to 1
 */
export const calibrateRows = (calibrator: TemperatureCalibrator, logits: Matrix): Matrix => {
  checkLength('columns', logits.columns, calibrator.classes);
  checkAllFinite('logits', logits.values);
  const { rows, columns } = logits;
  const values = logits.values.map((each) => each / calibrator.temperature);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    softmaxInto(row, row);
  }
  return { rows, columns, values };
};
