/** One fact of a change: where it stands, and what it was before and after; undefined where there was nothing. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Facts by path. Lists stay whole: a place in a list says little. */
const flat = (value: unknown, path: string, into: Map<string, unknown>): Map<string, unknown> => {
  if (isRecord(value) && Object.keys(value).length > 0)
    for (const [key, inside] of Object.entries(value))
      flat(inside, path === '' ? key : `${path}.${key}`, into);
  else if (value !== null && value !== undefined) into.set(path, value);
  return into;
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs, in the order of what is there after, then what is gone. */
export const differences = (before: unknown, after: unknown): readonly Difference[] => {
  const was = flat(before, '', new Map());
  const is = flat(after, '', new Map());
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }))
    .filter((one) => !same(one.before, one.after));
};

/** A recorded value as text: words as they are, everything else as JSON. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 1);
