import { tell, type Watch } from '../../fitting/index.ts';

/** ln(how much more often lines of somebody else fall here than the person's own), in steps. */
export interface LikelihoodTable {
  /** Ascending; bin b holds values from `edge[b - 1]` up to `edge[b]`. */
  readonly edge: Float64Array;
  /** One more than there are edges. Never NaN; values that are not known have 0. */
  readonly logRatio: Float64Array;
}

/** Gifts are chosen with the receiver's taste, and with the giver's: this share of them looks like anybody's purchase. */
const LIKE_ANYBODY = 0.7;
const BINS = 16;
const MOST_GIFTS = 0.8;
/** Fewer samples on either side say nothing. */
const LEAST_SAMPLES = 200;
/** Counts added to a bin, in proportion to the sides: a bin that is empty on one side is no certainty. */
const SMOOTHING = 4;

/** Values that are best fitted, in least squares by weight, among those that do not rise (pool adjacent violators). */
const notRising = (values: Float64Array, weights: Float64Array): Float64Array => {
  const blocks: { value: number; weight: number; length: number }[] = [];
  for (let b = 0; b < values.length; b++) {
    let block = { value: values[b] as number, weight: weights[b] as number, length: 1 };
    for (let last = blocks.at(-1); last && last.value < block.value; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      block = {
        value: (last.value * last.weight + block.value * block.weight) / weight,
        weight,
        length: last.length + block.length,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return Float64Array.from(blocks.flatMap(({ value, length }) => Array.from({ length }, () => value)));
};

/**
 * ln(gifts' density ÷ own lines'), from gifts' ÷ all lines': all = (1 - prior) own + prior gifts. Where hardly anything but
 * gifts would be left, more is not believed than that `MOST_GIFTS` of the lines are.
 */
const withoutGifts = (ratio: number, prior: number): number =>
  Math.log(((1 - prior) * ratio) / (1 - Math.min(MOST_GIFTS, prior * ratio)));

const known = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

export const NOTHING_KNOWN: LikelihoodTable = { edge: new Float64Array(0), logRatio: new Float64Array(1) };

/** Place of a value among ascending edges. */
const binOf = (edge: Float64Array, value: number): number => {
  let low = 0;
  let high = edge.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edge[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** At most 15 values that cut `sorted` into parts of about the same size. */
const edgesOf = (sorted: Float64Array): Float64Array =>
  Float64Array.from(
    new Set(
      Array.from(
        { length: BINS - 1 },
        (_, b) => sorted[Math.floor(((b + 1) * sorted.length) / BINS)] as number,
      ),
    ),
  );

/** A ratio r of what looks like anybody's, as that of gifts: 70 % are taken to be like anybody's purchase, 30 % like the person's own. */
const ofGifts = (ratio: Float64Array, prior: number): Float64Array =>
  ratio.map((r) => withoutGifts(LIKE_ANYBODY * r + 1 - LIKE_ANYBODY, prior));

/**
 * Learned without labels: lines of other people, tried on this person, stand for purchases that are not of the person's taste
 * (as noise stands for the rest in density-ratio estimation; Sugiyama et al. 2012, section 2). The ratio never rises with
 * the value; of gifts, 70 % are taken to look like anybody's purchase and 30 % like the person's own: a ratio r becomes
 * 0.7 r + 0.3. A person's lines hold gifts too, `prior` of them. O(n log n).
 */
export const fitLikelihood = (own: Float64Array, anybody: Float64Array, prior: number): LikelihoodTable => {
  const mine = known(own);
  const theirs = known(anybody);
  if (Math.min(mine.length, theirs.length) < LEAST_SAMPLES) return NOTHING_KNOWN;
  const pooled = new Float64Array(mine.length + theirs.length);
  pooled.set(mine);
  pooled.set(theirs, mine.length);
  const edge = edgesOf(pooled.sort());
  const count = (values: Float64Array): Float64Array => {
    const counts = new Float64Array(edge.length + 1);
    for (const value of values) {
      const bin = binOf(edge, value);
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts;
  };
  const mineIn = count(mine);
  const theirsIn = count(theirs);
  const ratio = mineIn.map(
    (of, b) =>
      ((theirsIn[b] as number) / theirs.length + SMOOTHING / pooled.length) /
      (of / mine.length + SMOOTHING / pooled.length),
  );
  const smooth = notRising(
    ratio,
    mineIn.map((of, b) => of + (theirsIn[b] as number)),
  );
  return { edge, logRatio: ofGifts(smooth, prior) };
};

/** People change their habits too: more is not believed of what they did not do. */
const MOST_SINGLE = 10;
/** Values that edges are looked for among. */
const EDGE_SAMPLE = 20_000;
/** Values between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 16;

/**
 * What it says that something was bought in one order only, by `value` (minus the repeats that were to be expected): gifts like
 * anybody's purchase are not bought again, of own purchases as many are single as were found, less the gifts among them
 * (`prior`). The ratio never rises with the value. O(n).
 */
export const tableOfRepeats = (
  {
    value,
    again,
    prior,
  }: { readonly value: Float64Array; readonly again: Uint8Array; readonly prior: number },
  watch?: Watch,
): LikelihoodTable => {
  const step = Math.max(1, Math.floor(value.length / EDGE_SAMPLE));
  const sample = new Float64Array(Math.floor(value.length / step));
  for (let k = 0; k < sample.length; k++) sample[k] = value[k * step] as number;
  const edge = edgesOf(sample.sort());
  const all = new Float64Array(edge.length + 1);
  const single = new Float64Array(edge.length + 1);
  for (let k = 0; k < value.length; k++) {
    if (k % CHUNK === 0) tell(watch, 'repeats', k / value.length);
    const bin = binOf(edge, value[k] as number);
    all[bin] = (all[bin] as number) + 1;
    single[bin] = (single[bin] as number) + 1 - (again[k] as number);
  }
  const ratio = all.map((of, b) => (of + SMOOTHING) / ((single[b] as number) + SMOOTHING));
  const most = Math.log(MOST_SINGLE);
  return { edge, logRatio: ofGifts(notRising(ratio, all), prior).map((of) => Math.min(most, of)) };
};

export const logRatioOf = ({ edge, logRatio }: LikelihoodTable, value: number): number =>
  Number.isNaN(value) ? 0 : (logRatio[binOf(edge, value)] as number);
