import type { TasteHistory } from '../interactions/index.ts';

/** Why an item has its score: what each past item adds. */
export interface Explanation {
  readonly score: number;
  /** What the score would be without a past. */
  readonly base: number;
  /** Items of the past that count for this one, largest contribution first; with `base` they sum to `score`. */
  readonly parts: readonly { readonly item: number; readonly contribution: number }[];
}

/** What every fitted model of taste can do. It knows no person: it scores a history. */
export interface TasteModel {
  readonly kind: string;
  /** Items it was fitted on; histories and scores have indices below it. */
  readonly items: number;
  /**
   * Writes a finite score for every item into `out` (length `items`); higher is better. Who may be shown what is for the
   * filters. `nowMs` matters to models of time only (default: the latest instant they were fitted on).
   */
  score(history: TasteHistory, out: Float64Array, nowMs?: number): void;
  /** Exact: `base` and the parts sum to what `score` writes for the item, to 1e-9 of Σ|part|. */
  explain?(history: TasteHistory, item: number, nowMs?: number): Explanation;
}
