import { checkLevel, checkProbability, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { costRatio, expectedWorth, plainWorth } from './cost-ratio.ts';
import type { JudgedList } from './judged-lists.ts';
import {
  type CostPoint,
  DIALS,
  type Dial,
  type LearnedCost,
  NO_STRENGTHS,
  type Strengths,
} from './learned-cost.ts';
import { type Reranked, type RerankSettings, rerank } from './rerank.ts';

export interface LearnCostSettings {
  readonly dial: Dial;
  /**
   * The settings for the k-th list at a strength of the dial (a share, for surprise), as they are meant to be used: length of the list, curve,
   * what is on before the dial. Where the dial is missing (a person without a price band), the list is left out.
   */
  readonly at: (strength: number, k: number) => RerankSettings;
  /** Where it is measured, ascending, in (0, 1]. Up to 0.8 unless said. */
  readonly strengths?: readonly number[];
  /** Of the intervals. 0.95 unless said. */
  readonly level?: number;
}

export interface NoLearnedCost {
  readonly kind: 'no_answer';
  /** Fewer of the plain lists' items were taken than a cost can be told from. */
  readonly reason: 'too_few_taken';
  readonly taken: number;
  readonly needed: number;
}

/** Costs rise from little to most of all within some tenths, where depends on the scores. */
const STRENGTHS = Array.from({ length: 16 }, (_, k) => (k + 1) / 20);
/** Below, an interval over people is not to be believed. */
const FEWEST_TAKEN = 50;

const checkStrengths = (strengths: readonly number[]): readonly number[] => {
  strengths.forEach((strength, k) => {
    if (!(checkProbability('strength', strength) > (strengths[k - 1] ?? 0)))
      throw engineError('out_of_range', `strengths must ascend from above 0, got ${strength}`, { index: k });
  });
  if (strengths.length === 0) throw engineError('empty_input', 'a cost needs strengths to be measured at');
  return [0, ...strengths];
};

/** Strengths of what was on. */
const strengthsOf = (found: Reranked, { surprise }: RerankSettings): Strengths => {
  const strengths = { ...NO_STRENGTHS, surprise: surprise?.share ?? 0 };
  for (const { control, strength } of found.controls) strengths[control] = strength;
  return strengths;
};

/** How the first list was made: the others must be made alike. */
type Making = Pick<LearnedCost, 'count' | 'curve' | 'before'>;

const makingOf = (dial: Dial, found: Reranked, settings: RerankSettings): Making => {
  const before = { ...strengthsOf(found, settings), [dial]: 0 };
  const after = DIALS.slice(DIALS.indexOf(dial) + 1).find((other) => before[other] > 0);
  if (after)
    throw engineError('out_of_range', `the cost of ${dial} is learned before ${after} is on`, {
      dial,
      after,
    });
  return { count: settings.count, curve: settings.curve !== undefined, before };
};

const checkAlike = (one: Making, other: Making): void => {
  const alike =
    one.count === other.count &&
    one.curve === other.curve &&
    DIALS.every((dial) => one.before[dial] === other.before[dial]);
  if (!alike) throw engineError('out_of_range', 'lists were made with other settings than the first one');
};

const has = (dial: Dial, { priceBand, novelty, diversity, surprise }: RerankSettings): boolean =>
  ({ price_band: priceBand, novelty, diversity, surprise })[dial] !== undefined;

/** The same settings, which ask for the likeness of a pair once for all strengths. */
const rememberer = ({ candidates }: JudgedList): ((settings: RerankSettings) => RerankSettings) => {
  const place = new Map(Array.from(candidates.item, (item, k) => [item, k]));
  const known = new Map<number, number>();
  return ({ diversity, ...settings }) => {
    if (!diversity) return settings;
    const likeness = (a: number, b: number): number => {
      const key = (place.get(a) as number) * place.size + (place.get(b) as number);
      const value = known.get(key) ?? diversity.likeness(a, b);
      known.set(key, value);
      return value;
    };
    return { ...settings, diversity: { ...diversity, likeness } };
  };
};

/**
 * What a dial costs, measured: lists of a period that is over are made at several strengths, and what people took of them is counted against the
 * plain lists. Scores cannot tell it: what novelty brings up is rarer than its score says, what diversity brings up is of a taste that the
 * person has less of, and scores are no chances. Learn it from lists of a period after the model's training, and again with every model; with the
 * curve and pool that will be used, and likeness, bits and prices of the time of those lists. It is an average over people, whose interval
 * knows people, not periods. O(lists × strengths × reranking).
 *
 * @throws EngineError as `rerank`; `out_of_range` for strengths that do not ascend, for settings that differ between lists or are not those of
 * the dial and what comes before it, `empty_input` without strengths, `cancelled`
 * @example
 * const learned = learnCost(lists, { dial: 'diversity', at: (strength) => ({ count: 10, diversity: { likeness, strength } }) });
 * if (learned.kind === 'learned_cost')
 *   rerank(candidates, { count: 10, diversity: { likeness, mostCost: 0.03, learned } }).cost; // { estimate: 0.014, high: 0.03, … }
 */
export const learnCost = (
  lists: readonly JudgedList[],
  { dial, at, strengths = STRENGTHS, level = 0.95 }: LearnCostSettings,
  watch?: Watch,
): LearnedCost | NoLearnedCost => {
  checkLevel('level', level);
  const grid = checkStrengths(strengths);
  const used = lists.flatMap((list, k) => (has(dial, at(0, k)) ? [{ list, k }] : []));
  const plain = new Float64Array(used.length);
  const lost = grid.map(() => new Float64Array(used.length));
  let making: Making | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  let taken = 0;
  used.forEach(({ list, k }, row) => {
    const wanted = new Set(list.taken);
    const remember = rememberer(list);
    grid.forEach((strength, s) => {
      tell(watch, 'lists', (row + s / grid.length) / used.length);
      const settings = at(strength, k);
      const found = rerank(list.candidates, remember(settings));
      if (Math.abs(strengthsOf(found, settings)[dial] - strength) > 0)
        throw engineError('out_of_range', `${dial} was not used at the strength ${strength}`, { strength });
      const here = makingOf(dial, found, settings);
      making ??= here;
      checkAlike(making, here);
      if (s === 0) {
        const ranked = rerank(list.candidates, { count: settings.count });
        for (const { item } of ranked.list) taken += wanted.has(item) ? 1 : 0;
        plain[row] = plainWorth(ranked, wanted);
      }
      (lost[s] as Float64Array)[row] = (plain[row] as number) - expectedWorth(found, wanted);
    });
    fewest = Math.min(fewest, list.candidates.item.length);
    most = Math.max(most, list.candidates.item.length);
  });
  const none = { kind: 'no_answer', reason: 'too_few_taken', taken, needed: FEWEST_TAKEN } as const;
  if (taken < FEWEST_TAKEN || !making) return none;
  const points: CostPoint[] = [];
  for (const [s, strength] of grid.entries()) {
    const ratio = costRatio({ plain, lost: lost[s] as Float64Array }, level);
    if (!ratio) return none;
    points.push({ strength, ...ratio });
  }
  const people = used.length;
  return { kind: 'learned_cost', dial, ...making, candidates: { fewest, most }, people, level, points };
};
