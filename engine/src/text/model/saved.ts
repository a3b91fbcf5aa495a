import { engineError } from '../../errors/index.ts';

/** Throws `damaged` where a file says what no model can have: somebody wrote it who is not `save…`. */
export const checkSaved = (what: string, fits: boolean): void => {
  if (!fits) throw engineError('damaged', `the model file is damaged: ${what}`, { what });
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether `value` has a finite number of each name. */
export const hasNumbers = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => Number.isFinite(value[name]));

/** What `make` makes; where it throws, the file is damaged. */
export const savedAs = <T>(what: string, make: () => T): T => {
  try {
    return make();
  } catch {
    throw engineError('damaged', `the model file is damaged: ${what}`, { what });
  }
};
