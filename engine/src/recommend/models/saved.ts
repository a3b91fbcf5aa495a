import { engineError } from '../../errors/index.ts';
import type { Plain } from '../../model-file/index.ts';

/** The finite numbers of those names in a model file's `about`; throws `damaged` where one is missing. */
export const savedNumbers = <K extends string>(
  about: Plain,
  names: readonly K[],
): Readonly<Record<K, number>> => {
  const found = about as Readonly<Record<string, unknown>> | null;
  const numbers: Partial<Record<K, number>> = {};
  for (const name of names) {
    const value = found?.[name];
    if (typeof value !== 'number')
      throw engineError('damaged', `the model file does not say its ${name}`, { name });
    numbers[name] = value;
  }
  return numbers as Record<K, number>;
};

/** Throws `damaged` where parts of a model file do not fit each other. */
export const checkSaved = (what: string, fits: boolean): void => {
  if (!fits) throw engineError('damaged', `the model file is damaged: ${what}`, { what });
};

/** Whether `start` cuts `length` entries into `rows` rows, one after the other: no row is outside, none ends before it begins. O(rows). */
export const cutsInto = (start: Uint32Array, rows: number, length: number): boolean => {
  if (start.length !== rows + 1 || start[0] !== 0 || start[rows] !== length) return false;
  return start.every((from, row) => row === 0 || from >= (start[row - 1] as number));
};

/** Whether all values are indices below `limit`. O(n). */
export const allBelow = (values: Uint32Array, limit: number): boolean => {
  for (let k = 0; k < values.length; k++) if ((values[k] as number) >= limit) return false;
  return true;
};

/** Whether the values rise, all below `limit`: each index once. O(n). */
export const risesBelow = (values: Uint32Array, limit: number): boolean => {
  for (let k = 1; k < values.length; k++)
    if ((values[k - 1] as number) >= (values[k] as number)) return false;
  return values.length === 0 || (values[values.length - 1] as number) < limit;
};
