import { checkLength } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';

/** A column to sort by. */
export type SortKey = Float64Array | Float32Array | Uint32Array | Uint8Array;

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
/** Rows between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 17;
/** Below, comparing is faster than counting digits. */
const FEW = 512;

/** Numbers as 64 bits whose unsigned order is theirs: -0 is 0, and what is not a number comes last. */
const wordsOf = (key: SortKey): { readonly low: Uint32Array; readonly high: Uint32Array | undefined } => {
  const n = key.length;
  if (key instanceof Uint32Array) return { low: key, high: undefined };
  const low = new Uint32Array(n);
  if (key instanceof Uint8Array) {
    low.set(key);
    return { low, high: undefined };
  }
  const high = new Uint32Array(n);
  const one = new Float64Array(1);
  const halves = new Uint32Array(one.buffer);
  // Which half comes first is the machine's.
  one[0] = 1;
  const top = halves[1] === 0 ? 0 : 1;
  for (let k = 0; k < n; k++) {
    const value = key[k] as number;
    one[0] = value === value ? value + 0 : Number.NaN;
    const sign = halves[top] as number;
    if (value < 0) {
      high[k] = ~sign;
      low[k] = ~(halves[1 - top] as number);
    } else {
      high[k] = value === value ? sign ^ 0x80000000 : 0xffffffff;
      low[k] = halves[1 - top] as number;
    }
  }
  return { low, high };
};

const comparing =
  (keys: readonly SortKey[]) =>
  (a: number, b: number): number => {
    for (const key of keys) {
      const [x, y] = [key[a] as number, key[b] as number];
      if (x < y) return -1;
      if (x > y) return 1;
      if (x !== x || y !== y) {
        const order = (x === x ? 0 : 1) - (y === y ? 0 : 1);
        if (order !== 0) return order;
      }
    }
    return a - b;
  };

interface Pass {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly words: Uint32Array;
  readonly shift: number;
}

/** One stable pass over one digit; false where all rows have the same, and nothing was moved. */
const sortByDigit = ({ from, to, words, shift }: Pass, step: () => void): boolean => {
  const n = from.length;
  const free = new Uint32Array(DIGITS + 1);
  for (let start = 0; start < n; start += CHUNK) {
    step();
    const end = Math.min(n, start + CHUNK);
    for (let k = start; k < end; k++) {
      const next = (((words[k] as number) >>> shift) & (DIGITS - 1)) + 1;
      free[next] = (free[next] as number) + 1;
    }
  }
  if (free.includes(n)) return false;
  for (let d = 1; d < DIGITS; d++) free[d] = (free[d] as number) + (free[d - 1] as number);
  for (let start = 0; start < n; start += CHUNK) {
    step();
    const end = Math.min(n, start + CHUNK);
    for (let k = start; k < end; k++) {
      const row = from[k] as number;
      const digit = ((words[row] as number) >>> shift) & (DIGITS - 1);
      const at = free[digit] as number;
      free[digit] = at + 1;
      to[at] = row;
    }
  }
  return true;
};

/**
 * Row numbers in ascending order of the first key, ties by the second and so on, then by row number; -0 equals 0, NaN comes last. A
 * radix sort by digits of 11 bits (Knuth, vol. 3, 5.2.5): O(rows × bits of the keys that differ); a million rows by a column of
 * numbers in some 0.1 s, where a comparing sort needs a second and tells nobody. 16 bytes a row while it runs.
 *
 * @throws EngineError `length_mismatch` for keys of different lengths, `cancelled`
 * @example sortRows([Uint32Array.of(2, 1, 1), Float64Array.of(0, 5, -5)]) // [2, 1, 0]
 */
export const sortRows = (keys: readonly SortKey[], watch?: Watch): Uint32Array => {
  const n = keys[0]?.length ?? 0;
  for (const [k, key] of keys.entries()) checkLength(`key ${k}`, key.length, n);
  let rows = new Uint32Array(n);
  for (let k = 0; k < n; k++) rows[k] = k;
  if (n <= FEW) return rows.sort(comparing(keys));
  let spare = new Uint32Array(n);
  for (const [done, key] of keys.toReversed().entries()) {
    const part = watchPart(watch, done / keys.length, (done + 1) / keys.length);
    tell(part, 'sort', 0);
    const { low, high } = wordsOf(key);
    const passes = [low, ...(high ? [high] : [])].flatMap((words) =>
      [0, DIGIT_BITS, 2 * DIGIT_BITS].map((shift) => ({ words, shift })),
    );
    for (const [p, pass] of passes.entries()) {
      const step = (): void => tell(part, 'sort', (p + 1) / (passes.length + 1));
      if (sortByDigit({ ...pass, from: rows, to: spare }, step)) [rows, spare] = [spare, rows];
    }
  }
  return rows;
};
