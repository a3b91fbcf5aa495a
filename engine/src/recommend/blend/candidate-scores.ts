import { tell, type Watch } from '../../fitting/index.ts';
import { maskScores, type RankingTask } from '../evaluate/index.ts';
import { historyOf } from '../interactions/index.ts';
import { topItems } from '../rebuy.ts';
import type { BlendSource } from './blend-model.ts';
import { viewOf } from './history-view.ts';
import { standardOf } from './standardise.ts';

/** A validation period: the sources were fitted on what the task's history knows, and on nothing of what is wanted. */
export interface BlendPeriod {
  readonly task: RankingTask;
  readonly sources: readonly BlendSource[];
  /** The instant the period begins. */
  readonly nowMs: number;
}

/** The best of every source for some people of a task, with the standardised score of every source. */
export interface CandidateScores {
  /** Of the catalogue, and those of it that may be ranked. */
  readonly items: number;
  readonly rankable: number;
  readonly people: number;
  /** Candidates of the r-th person: `start[r]` to `start[r + 1]`, ascending items. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  readonly isWanted: Uint8Array;
  /** Wanted items of the person, candidates or not. */
  readonly wanted: Uint32Array;
  /** candidates × sources. */
  readonly score: Float32Array;
}

export interface CandidateChoice {
  /** Rows of the task. */
  readonly rows: Uint32Array;
  /** Of each source and person. */
  readonly depth: number;
}

/** Fills `column` with the source's standardised scores for a person of the task; -Infinity where an item is not ranked. */
const fillStandard = (
  column: Float64Array,
  { task, nowMs }: BlendPeriod,
  of: { source: BlendSource; person: number },
): void => {
  const { model, view = {} } = of.source;
  model.score(viewOf(historyOf(task.history, of.person), view, nowMs), column, nowMs);
  const { mean, sd } = standardOf(column);
  for (let i = 0; i < column.length; i++) column[i] = sd === 0 ? 0 : ((column[i] as number) - mean) / sd;
  maskScores(task, of.person, column);
};

/**
 * Scores that do not depend on the weights, made once. An item that is not among the `depth` best of any source cannot be
 * found by the search; what is chosen is evaluated with all items afterwards. O(people × (scoring + sources × items)).
 */
export const candidateScores = (
  period: BlendPeriod,
  { rows, depth }: CandidateChoice,
  watch?: Watch,
): CandidateScores => {
  const { task, sources } = period;
  const columns = sources.map(() => new Float64Array(task.items));
  const wantedBy = new Int32Array(task.items).fill(-1);
  const start = new Uint32Array(rows.length + 1);
  const wanted = new Uint32Array(rows.length);
  const item: number[] = [];
  const isWanted: number[] = [];
  const score: number[] = [];
  rows.forEach((row, r) => {
    tell(watch, 'candidates', r / rows.length);
    const person = task.person[row] as number;
    for (let at = task.start[row] as number; at < (task.start[row + 1] as number); at++) {
      wantedBy[task.wanted[at] as number] = r;
      wanted[r] = (wanted[r] as number) + 1;
    }
    const chosen = new Set<number>();
    sources.forEach((source, s) => {
      const column = columns[s] as Float64Array;
      fillStandard(column, period, { source, person });
      for (const best of topItems(column, depth)) chosen.add(best);
    });
    for (const candidate of Uint32Array.from(chosen).sort()) {
      item.push(candidate);
      isWanted.push(wantedBy[candidate] === r ? 1 : 0);
      for (const column of columns) score.push(column[candidate] as number);
    }
    start[r + 1] = item.length;
  });
  return {
    items: task.items,
    rankable: task.candidate.reduce((sum, flag) => sum + flag, 0),
    people: rows.length,
    start,
    item: Uint32Array.from(item),
    isWanted: Uint8Array.from(isWanted),
    wanted,
    score: Float32Array.from(score),
  };
};
