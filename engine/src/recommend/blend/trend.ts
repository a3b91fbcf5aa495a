import { checkLength, checkPositive } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { Interactions } from '../interactions/index.ts';
import { checkItem } from '../models/check-scoring.ts';
import type { TasteModel } from '../models/index.ts';

/**
 * Items that people take more (or less) of late than they used to; says nothing about anybody's own taste, so that every pair counts
 * 1, however much of it is a gift (collect without `own` to count what was given away altogether, too).
 */
export interface TrendModel {
  readonly kind: 'trend';
  readonly items: number;
  /** Natural logarithm of the recent share of takers over the usual one, shrunk towards 0. */
  readonly scores: Float64Array;
}

export interface TrendInput {
  readonly all: Interactions;
  /** Those of the window, as of the last 14 days. */
  readonly recent: Interactions;
  /** People added to both sides (default 3): an item that three people were expected to take moves half the way. */
  readonly shrink?: number;
}

const takersOf = ({
  items,
  item,
}: Interactions): { readonly takers: Float64Array; readonly total: number } => {
  const takers = new Float64Array(items);
  for (let pair = 0; pair < item.length; pair++)
    takers[item[pair] as number] = (takers[item[pair] as number] as number) + 1;
  return { takers, total: item.length };
};

/**
 * log((recent takers + shrink) / (expected + shrink)), expected = the item's share of all pairs × recent pairs. Unlike
 * recent popularity it does not favour what is popular anyway, so lists stay wide; what is no longer sold falls. O(pairs).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`
 * @example
 * const recent = collectInteractions(splitByTime(events, nowMs - 14 * 86_400_000).after);
 * fitTrend({ all: collectInteractions(events), recent });
 */
export const fitTrend = ({ all, recent, shrink = 3 }: TrendInput): TrendModel => {
  checkLength('recent.items', recent.items, all.items);
  checkPositive('shrink', shrink);
  const usual = takersOf(all);
  const late = takersOf(recent);
  const share = usual.total > 0 ? late.total / usual.total : 0;
  const scores = usual.takers.map((takers, item) =>
    Math.log(((late.takers[item] as number) + shrink) / (takers * share + shrink)),
  );
  return { kind: 'trend', items: all.items, scores };
};

/** The model as a source: the same scores for everybody. */
export const trendTaste = ({ items, scores }: TrendModel): TasteModel => ({
  kind: 'trend',
  items,
  score: (_history, out) => {
    checkLength('out', out.length, items);
    out.set(scores);
  },
  explain: (_history, item) => {
    checkItem(items, item);
    const score = scores[item] as number;
    return { score, base: score, parts: [] };
  },
});

export const saveTrend = ({ items, scores }: TrendModel): Uint8Array =>
  writeModelFile({ kind: 'trend', version: 1, about: { items }, arrays: { scores } });

/** @throws EngineError `version_mismatch`, `damaged` */
export const loadTrend = (bytes: Uint8Array): TrendModel => {
  const scores = takeArray(
    readModelFile(bytes, { kind: 'trend', versions: [1] }).arrays,
    'scores',
    Float64Array,
  );
  return { kind: 'trend', items: scores.length, scores };
};
