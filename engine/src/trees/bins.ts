import { tell, type Watch } from '../fitting/index.ts';
import type { Matrix } from '../linear/index.ts';

/** Thresholds per feature, ascending: bin b holds what is above b of them; the bin after the last is for missing values. */
export type Binning = readonly Float64Array[];

/** Between two neighbours, so that low <= middle < high whatever rounding does. */
const between = (low: number, high: number): number => {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
};

const thresholdsOf = (sorted: Float64Array, maxBins: number): Float64Array => {
  const n = sorted.length;
  const distinct: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < n; i++) {
    if (i + 1 < n && sorted[i] === sorted[i + 1]) continue;
    distinct.push(sorted[i] as number);
    ends.push(i + 1);
  }
  const edges: number[] = [];
  let taken = 0;
  for (let k = 0; k + 1 < distinct.length; k++) {
    const end = ends[k] as number;
    const left = maxBins - 1 - edges.length;
    if (left === 0) break;
    const all = distinct.length <= maxBins;
    // As many rows in this bin as an even share of what is left.
    if (!all && end - taken < (n - taken) / (left + 1)) continue;
    edges.push(between(distinct[k] as number, distinct[k + 1] as number));
    taken = end;
  }
  return Float64Array.from(edges);
};

/** Every distinct value if they are few, else bins of about equal counts; the order of the rows does not matter. O(n log n) a column. */
export const learnBins = ({ rows, columns, values }: Matrix, maxBins: number, watch?: Watch): Binning =>
  Array.from({ length: columns }, (_, j) => {
    tell(watch, 'bins', j / columns);
    const present = new Float64Array(rows);
    let count = 0;
    for (let i = 0; i < rows; i++) {
      const x = values[i * columns + j] as number;
      if (!Number.isNaN(x)) present[count++] = x;
    }
    return thresholdsOf(present.subarray(0, count).sort(), maxBins);
  });

/** The bin of each value, by columns. O(n columns log bins). */
export const binFeatures = (
  { rows, columns, values }: Matrix,
  binning: Binning,
  watch?: Watch,
): Uint8Array => {
  const out = new Uint8Array(rows * columns);
  for (let j = 0; j < columns; j++) {
    tell(watch, 'bins', j / columns);
    const edges = binning[j] as Float64Array;
    for (let i = 0; i < rows; i++) {
      const x = values[i * columns + j] as number;
      let low = 0;
      let high = edges.length;
      if (Number.isNaN(x)) low = edges.length + 1;
      else
        while (low < high) {
          const middle = (low + high) >> 1;
          if (x <= (edges[middle] as number)) high = middle;
          else low = middle + 1;
        }
      out[j * rows + i] = low;
    }
  }
  return out;
};
