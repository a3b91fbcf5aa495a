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
  pooled.sort();
  const edges = Array.from(
    { length: BINS - 1 },
    (_, b) => pooled[Math.floor(((b + 1) * pooled.length) / BINS)] as number,
  );
  const edge = Float64Array.from(new Set(edges));
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
  return { edge, logRatio: smooth.map((r) => withoutGifts(LIKE_ANYBODY * r + 1 - LIKE_ANYBODY, prior)) };
};

export const logRatioOf = ({ edge, logRatio }: LikelihoodTable, value: number): number =>
  Number.isNaN(value) ? 0 : (logRatio[binOf(edge, value)] as number);
