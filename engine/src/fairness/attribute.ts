import { checkLength, engineError } from '../errors/index.ts';

/** What people are divided by: an age band, a region. Used for auditing only, never for choosing. */
export interface Attribute {
  readonly name: string;
  readonly levels: readonly string[];
  /** One per person: the level's index, or -1 where it is not known (such people are counted, and left out). */
  readonly values: Int32Array;
}

/**
 * An attribute from words, levels in alphabetical order (the same for any order of people); null is “not known”. O(n).
 *
 * @throws EngineError `empty_input`
 * @example attributeOf('band', ['18-29', '30-49', null]).values // [0, 1, -1]
 */
export const attributeOf = (name: string, words: readonly (string | null)[]): Attribute => {
  if (words.length === 0) throw engineError('empty_input', `attribute ${name} has nobody`, { name });
  const levels = [...new Set(words.filter((word) => word !== null))].toSorted();
  const index = new Map(levels.map((level, at) => [level, at]));
  return {
    name,
    levels,
    values: Int32Array.from(words, (word) => (word === null ? -1 : (index.get(word) as number))),
  };
};

/** @throws EngineError `length_mismatch`, `unknown_key` (an index without a level) */
export const checkAttribute = ({ name, levels, values }: Attribute, people: number): void => {
  checkLength(`attribute ${name}`, values.length, people);
  for (const [at, value] of values.entries()) {
    if (value < -1 || value >= levels.length) {
      throw engineError('unknown_key', `attribute ${name}: person ${at} has level ${value}`, { name, at });
    }
  }
};

/**
 * The intersection of attributes: every combination of their levels, also those with nobody (they are shown as not
 * assessable); somebody with one unknown is unknown. O(people × attributes).
 *
 * @throws EngineError `empty_input`, `length_mismatch`
 * @example intersect([band, region]).levels // ['18-29 × north', '18-29 × south', …]
 */
export const intersect = (attributes: readonly Attribute[]): Attribute => {
  const [first, ...rest] = attributes;
  if (first === undefined) throw engineError('empty_input', 'an intersection needs attributes');
  return rest.reduce((sofar, next): Attribute => {
    checkLength(`attribute ${next.name}`, next.values.length, sofar.values.length);
    return {
      name: `${sofar.name} × ${next.name}`,
      levels: sofar.levels.flatMap((a) => next.levels.map((b) => `${a} × ${b}`)),
      values: sofar.values.map((value, at) => {
        const other = next.values[at] as number;
        return value < 0 || other < 0 ? -1 : value * next.levels.length + other;
      }),
    };
  }, first);
};
