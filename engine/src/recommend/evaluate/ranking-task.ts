import { checkLength, engineError } from '../../errors/index.ts';
import { historyOf, type Interactions } from '../interactions/index.ts';
import type { TasteModel } from '../models/index.ts';

/** Whom to rank for, what they turned out to want, and which items may be ranked at all. */
export interface RankingTask {
  readonly items: number;
  /** `all`: what was bought afterwards, again or not. `new`: only items that the person did not have; those they had are not ranked. */
  readonly want: 'all' | 'new';
  /** What was known when ranking. */
  readonly history: Interactions;
  /** People with something wanted, ascending. */
  readonly person: Uint32Array;
  /** Wanted items of the k-th of them, ascending: `wanted[start[k]]` to `wanted[start[k + 1] - 1]`. */
  readonly start: Uint32Array;
  readonly wanted: Uint32Array;
  /** 1 where the item may be ranked. */
  readonly candidate: Uint8Array;
}

export interface RankingTaskInput {
  /** Before the instant; a person without pairs here is scored only with `unknownPeople`. */
  readonly before: Interactions;
  /** From the instant on. */
  readonly after: Interactions;
  readonly want: 'all' | 'new';
  /** 1 where the item may be ranked; items that somebody had before unless said. Others are not wanted either. */
  readonly candidate?: Uint8Array;
  /** Score people with no history too (default false, as published comparisons do). */
  readonly unknownPeople?: boolean;
}

const seenBefore = ({ items, item }: Interactions): Uint8Array => {
  const seen = new Uint8Array(items);
  for (let pair = 0; pair < item.length; pair++) seen[item[pair] as number] = 1;
  return seen;
};

/**
 * What is to be foretold: from what was known before an instant, the items of each person after it. Every candidate is
 * ranked; sampled metrics do not exist here (Krichene and Rendle, KDD 2020: they order models wrongly). O(pairs).
 *
 * @throws EngineError `length_mismatch` where people or items differ
 * @example
 * const { before, after } = splitByTime(events, Date.UTC(2011, 6, 1));
 * rankingTask({ before: collectInteractions(before), after: collectInteractions(after), want: 'new' });
 */
export const rankingTask = ({
  before,
  after,
  want,
  candidate,
  unknownPeople = false,
}: RankingTaskInput): RankingTask => {
  checkLength('after.people', after.people, before.people);
  checkLength('after.items', after.items, before.items);
  const allowed = candidate ?? seenBefore(before);
  checkLength('candidate', allowed.length, before.items);
  const had = new Int32Array(before.items).fill(-1);
  const person: number[] = [];
  const start: number[] = [0];
  const wanted: number[] = [];
  for (let u = 0; u < before.people; u++) {
    const from = before.start[u] as number;
    const to = before.start[u + 1] as number;
    if (from === to && !unknownPeople) continue;
    if (want === 'new') for (let pair = from; pair < to; pair++) had[before.item[pair] as number] = u;
    const end = after.start[u + 1] as number;
    for (let pair = after.start[u] as number; pair < end; pair++) {
      const item = after.item[pair] as number;
      if (allowed[item] === 1 && had[item] !== u) wanted.push(item);
    }
    if (wanted.length === start.at(-1)) continue;
    person.push(u);
    start.push(wanted.length);
  }
  return {
    items: before.items,
    want,
    history: before,
    person: Uint32Array.from(person),
    start: Uint32Array.from(start),
    wanted: Uint32Array.from(wanted),
    candidate: allowed,
  };
};

/** Scores of one person for every item; higher is better. */
export type Scorer = (person: number, out: Float64Array) => void;

/** How a model scores the people of a task. @throws EngineError `length_mismatch` */
export const scorerOf = (model: TasteModel, task: RankingTask, nowMs?: number): Scorer => {
  checkLength('the model’s items', model.items, task.items);
  return (person, out) => model.score(historyOf(task.history, person), out, nowMs);
};

/** Puts -Infinity where an item is not to be ranked for this person. A score of NaN is an error of the scorer. */
export const maskScores = (task: RankingTask, person: number, scores: Float64Array): void => {
  const { candidate, history } = task;
  for (let item = 0; item < scores.length; item++) {
    if (candidate[item] !== 1) scores[item] = Number.NEGATIVE_INFINITY;
    else if (Number.isNaN(scores[item]))
      throw engineError('nan', `the score of item ${item} is NaN`, { person, item });
  }
  if (task.want !== 'new') return;
  const end = history.start[person + 1] as number;
  for (let pair = history.start[person] as number; pair < end; pair++)
    scores[history.item[pair] as number] = Number.NEGATIVE_INFINITY;
};
