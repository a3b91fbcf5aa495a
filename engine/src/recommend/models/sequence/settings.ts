import {
  checkCount,
  checkFinite,
  checkPositive,
  checkProbability,
  engineError,
} from '../../../errors/index.ts';

export interface SequenceSettings {
  /** What a chain is: all a person did (`person`, unless said), or one session or order of theirs (`session`: events need `order`). */
  readonly chain?: 'person' | 'session';
  /** How many steps behind a moment still say something about it, >= 1. 3 unless said. */
  readonly window?: number;
  /** What each further step behind is worth of the one before, in (0, 1]. 0.5 unless said. */
  readonly discount?: number;
  /** A gap of this many days between two steps halves their link; no such decay unless said. */
  readonly halfLifeDays?: number;
  /** β in [0, 1]: 0 ranks by how often j follows i, 1 by how much more often than j follows anything. 0.3 unless said. */
  readonly popularity?: number;
  /** Imagined steps after each item that nothing followed, >= 0: links from few cases are drawn to 0. 5 unless said. */
  readonly shrink?: number;
  /** Links kept per past item, >= 1. 100 unless said. */
  readonly neighbours?: number;
  /** Steps with more items than this are left out: a bulk order is no taste, and costs its square. 300 unless said. */
  readonly longestStep?: number;
}

export type SequenceChosen = Readonly<Required<Omit<SequenceSettings, 'halfLifeDays'>>> & {
  /** Infinity: no decay. */
  readonly halfLifeDays: number;
};

const checkAtLeastOne = (name: string, value: number): number => {
  if (checkCount(name, value) >= 1) return value;
  throw engineError('out_of_range', `${name} must be at least 1, got ${value}`, { name, value });
};

/** @throws EngineError `out_of_range`, `nan`, `not_finite`, `negative_count`, `probability_out_of_range` */
export const chooseSequence = (settings: SequenceSettings): SequenceChosen => {
  const shrink = checkFinite('shrink', settings.shrink ?? 5);
  if (shrink < 0) throw engineError('out_of_range', `shrink must be >= 0, got ${shrink}`, { shrink });
  const { halfLifeDays } = settings;
  return {
    chain: settings.chain ?? 'person',
    window: checkAtLeastOne('window', settings.window ?? 3),
    discount: checkPositive('discount', checkProbability('discount', settings.discount ?? 0.5)),
    halfLifeDays:
      halfLifeDays === undefined ? Number.POSITIVE_INFINITY : checkPositive('halfLifeDays', halfLifeDays),
    popularity: checkProbability('popularity', settings.popularity ?? 0.3),
    shrink,
    neighbours: checkAtLeastOne('neighbours', settings.neighbours ?? 100),
    longestStep: checkAtLeastOne('longestStep', settings.longestStep ?? 300),
  };
};
