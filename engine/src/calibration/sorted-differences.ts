import { engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import { sortRows } from '../sorting/index.ts';
import type { TemperatureRows } from './temperature.ts';

/** Rows between two words to the watch: some milliseconds. */
const CHUNK = 1 << 13;

interface Columns {
  readonly values: Float64Array;
  readonly columns: number;
}

/** Sorts `rows` by a column, and those that are equal there by the next, and so on: most are told apart by the first. */
const sortFrom = (rows: Uint32Array, { values, columns }: Columns, watch: Watch | undefined): void => {
  let runs: readonly (readonly [number, number])[] = rows.length > 1 ? [[0, rows.length]] : [];
  for (let c = 0; c < columns && runs.length > 0; c++) {
    const next: (readonly [number, number])[] = [];
    const valueOf = (at: number): number => values[(rows[at] as number) * columns + c] as number;
    const step = (at: number): void => tell(watch, 'sort', (c + at / rows.length) / columns);
    let told = 0;
    for (const [from, to] of runs) {
      const key = new Float64Array(to - from);
      for (let k = from; k < to; k++) key[k - from] = valueOf(k);
      const before = rows.slice(from, to);
      const order = sortRows([key], watch && (() => step(from)));
      for (let k = from; k < to; k++) rows[k] = before[order[k - from] as number] as number;
      for (let start = from, end = from; start < to; start = end) {
        for (end = start + 1; end < to && valueOf(end) === valueOf(start); end++);
        if (end - start > 1) next.push([start, end]);
        if (start >= told) {
          step(start);
          told = start + CHUNK;
        }
      }
    }
    runs = next;
  }
};

/**
 * Differences to the true class's logit, ascending within a row, rows in an order of their own content: sums do not depend on the
 * order given.
 *
 * @throws EngineError `out_of_range` where logits of one row differ by more than 1e100, `cancelled`
 */
export const sortedDifferences = (
  { logits, labels }: TemperatureRows,
  watch: Watch | undefined,
): Float64Array => {
  const { rows, columns, values } = logits;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    if (i % CHUNK === 0) tell(watch, 'differences', (0.3 * i) / rows);
    const own = values[i * columns + (labels[i] as number)] as number;
    const row = out.subarray(i * columns, (i + 1) * columns);
    for (let c = 0; c < columns; c++) {
      const difference = (values[i * columns + c] as number) - own;
      if (Math.abs(difference) > 1e100)
        throw engineError(
          'out_of_range',
          'logits of one row may differ by at most 1e100, else their squares overflow',
        );
      row[c] = difference;
    }
    row.sort();
  }
  const order = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  sortFrom(order, { values: out, columns }, watchPart(watch, 0.3, 0.9));
  const sorted = new Float64Array(out.length);
  for (let to = 0; to < rows; to++) {
    if (to % CHUNK === 0) tell(watch, 'rows', 0.9 + (0.1 * to) / rows);
    const from = (order[to] as number) * columns;
    for (let c = 0; c < columns; c++) sorted[to * columns + c] = out[from + c] as number;
  }
  return sorted;
};
