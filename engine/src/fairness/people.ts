import { checkLength, engineError } from '../errors/index.ts';
import { bitAt } from './confusion.ts';

export interface Impressions {
  /** Who saw each one. */
  readonly people: readonly string[];
  /** 1 = this one was a selection (shown, mailed, offered). */
  readonly selected: ArrayLike<number>;
  readonly labels?: ArrayLike<number>;
}

export interface UniquePeople {
  /** In the order of their first impression. */
  readonly people: readonly string[];
  /** 1 = at least once. */
  readonly selected: Uint8Array;
  /** 1 = at least once. */
  readonly labels?: Uint8Array;
  /** The impression in which each person comes first: takes attributes along. */
  readonly first: Int32Array;
  readonly impressions: number;
  /** Most impressions of one person. */
  readonly mostOfOne: number;
}

/**
 * One row per person: an audit counts people, not impressions. Ten mails to one person are not ten people reached, and ten rows of one
 * person would make intervals too narrow. O(n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `out_of_range` (not 0 or 1), `nan`
 * @example uniquePeople({ people: ['a', 'a', 'b'], selected: [0, 1, 0] }).selected // [1, 0]
 */
export const uniquePeople = ({ people, selected, labels }: Impressions): UniquePeople => {
  if (people.length === 0) throw engineError('empty_input', 'no impressions');
  checkLength('selected', selected.length, people.length);
  if (labels) checkLength('labels', labels.length, people.length);
  const index = new Map<string, number>();
  const first: number[] = [];
  const seen: number[] = [];
  const once: number[] = [];
  const right: number[] = [];
  for (const [i, person] of people.entries()) {
    let at = index.get(person);
    if (at === undefined) {
      at = index.size;
      index.set(person, at);
      first.push(i);
      seen.push(0);
      once.push(0);
      right.push(0);
    }
    seen[at] = (seen[at] as number) + 1;
    once[at] = Math.max(once[at] as number, bitAt('selected', selected, i));
    if (labels) right[at] = Math.max(right[at] as number, bitAt('labels', labels, i));
  }
  return {
    people: [...index.keys()],
    selected: Uint8Array.from(once),
    ...(labels ? { labels: Uint8Array.from(right) } : {}),
    first: Int32Array.from(first),
    impressions: people.length,
    mostOfOne: seen.reduce((most, count) => Math.max(most, count), 0),
  };
};

/** @throws EngineError `repeated_unit`: rows of one person; make them one by `uniquePeople` */
export const checkUnique = (people: readonly string[]): void => {
  const seen = new Set<string>();
  for (const person of people) {
    if (seen.has(person)) {
      throw engineError('repeated_unit', `a person has several rows: one row each, by uniquePeople`, {
        rows: people.length,
      });
    }
    seen.add(person);
  }
};
