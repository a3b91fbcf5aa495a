import { checkCount, checkProbability, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { createRandom } from '../../random/index.ts';
import { differenceInterval, type MeanInterval, meanInterval } from '../evaluate/index.ts';
import { type BlendPeriod, candidateScores } from './candidate-scores.ts';
import { createTrial, type TrialAims, type WeightsTried } from './try-weights.ts';

export interface LearnBlendSettings {
  /** NDCG of the first k is what counts. Default 10. */
  readonly k?: number;
  /** Lists whose catalogue coverage is compared. Default 20. */
  readonly wide?: number;
  /**
   * Share of the rankable items that all lists together should show, in [0, 1]. A point that is missing costs .01 of NDCG in
   * the search. Default 0. More people show more items: it is the share for the people of the search.
   */
  readonly leastCoverage?: number;
  /**
   * `best`: the best seen. `widest` (default): the widest lists among weights not worse than the best by more than a standard
   * error of the paired difference (Breiman et al. 1984, the one-standard-error rule, with coverage in place of simplicity).
   */
  readonly prefer?: 'widest' | 'best';
  /** More people than this in a period are drawn at random for the search. Default 4,000. */
  readonly mostPeople?: number;
  readonly seed?: number | string;
  /** Candidates of each source and person in the search. Default 100. */
  readonly depth?: number;
  /** Rounds over all weights at most. Default 4. */
  readonly rounds?: number;
}

export interface LearnedBlend {
  readonly kind: 'learned';
  readonly names: readonly string[];
  /** In the order of the names. */
  readonly weights: Float64Array;
  /** On the people of the search: optimistic by the little that was chosen on them. */
  readonly ndcg: MeanInterval;
  readonly coverage: number;
  /** The best seen; the same where `best` was preferred. */
  readonly best: { readonly weights: Float64Array; readonly ndcg: number; readonly coverage: number };
  /** Each source alone, and how much the blend gains over it, paired by person. */
  readonly alone: readonly { readonly name: string; readonly ndcg: number; readonly gain: MeanInterval }[];
  readonly tried: number;
  readonly people: number;
}

export interface NoBlendAnswer {
  readonly kind: 'no_answer';
  /** Fewer than 50 people with something wanted, or no source that finds any of it. */
  readonly reason: 'too_few_people' | 'no_signal';
}

/** Below, weights would be chosen by chance. */
const MINIMUM_PEOPLE = 50;
/** Weights that a coordinate takes, per standard deviation; the strongest source has 1 to begin with. */
const STEPS: readonly number[] = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.3, 1.7, 2.2, 3];
/** Share of the work that is scoring. */
const SCORING = 0.5;

const checkPeriods = (periods: readonly BlendPeriod[]): readonly string[] => {
  const names = periods[0]?.sources.map(({ name }) => name) ?? [];
  if (names.length === 0) throw engineError('empty_input', 'a blend needs periods and sources');
  if (new Set(names).size < names.length) throw engineError('unknown_key', 'two sources have one name');
  for (const { sources } of periods)
    if (sources.length !== names.length || sources.some(({ name }, s) => name !== names[s]))
      throw engineError('unknown_key', 'the periods have different sources');
  return names;
};

const rowsOf = (all: number, most: number, seed: number | string): Uint32Array => {
  const rows = Uint32Array.from({ length: all }, (_, row) => row);
  if (all <= most) return rows;
  return Uint32Array.from(
    createRandom(seed, 'blend people')
      .shuffle([...rows])
      .slice(0, most),
  ).sort();
};

type Trial = (weights: Float64Array) => WeightsTried;

/** Coordinate by coordinate over the steps, until a round changes nothing. */
const climb = (
  trial: Trial,
  from: WeightsTried,
  { rounds, watch }: { rounds: number; watch: Watch | undefined },
): WeightsTried[] => {
  const all: WeightsTried[] = [from];
  const n = from.weights.length;
  let best = from;
  for (let round = 0; round < rounds; round++) {
    const before = best;
    for (let s = 0; s < n; s++) {
      for (const step of STEPS) {
        tell(watch, 'weights', (round * n + s) / (rounds * n));
        if (step === best.weights[s]) continue;
        const weights = best.weights.with(s, step);
        if (weights.every((weight) => weight === 0)) continue;
        const found = trial(weights);
        all.push(found);
        if (found.value > best.value) best = found;
      }
    }
    if (best === before) break;
  }
  return all;
};

const widestOf = (tried: readonly WeightsTried[], best: WeightsTried): WeightsTried => {
  let widest = best;
  for (const each of tried) {
    if (each.coverage <= widest.coverage) continue;
    const mean = best.ndcg - each.ndcg;
    const n = best.perPerson.length;
    let squares = 0;
    for (let r = 0; r < n; r++)
      squares += ((best.perPerson[r] as number) - (each.perPerson[r] as number) - mean) ** 2;
    if (mean <= Math.sqrt(squares / (n - 1) / n)) widest = each;
  }
  return widest;
};

const trialOf = (
  periods: readonly BlendPeriod[],
  settings: LearnBlendSettings,
  watch: Watch | undefined,
): Trial => {
  const { k = 10, wide = 20, leastCoverage = 0, mostPeople = 4000, seed = 1, depth = 100 } = settings;
  const candidates = periods.map((period, p) => {
    const rows = rowsOf(period.task.person.length, mostPeople, seed);
    return candidateScores(
      period,
      { rows, depth },
      watchPart(watch, p / periods.length, (p + 1) / periods.length),
    );
  });
  const aims: TrialAims = { k, wide, leastCoverage };
  return createTrial(candidates, aims);
};

/**
 * Weights >= 0 for standardised scores by coordinate search on NDCG over validation periods, from the best single source and
 * from all alike. Several periods keep the weights from leaning on one season. Equal values keep what was found first. One
 * scoring of every person by every source, then some 14 × sources × rounds passes over the candidates.
 *
 * @throws EngineError `empty_input`, `unknown_key`, `length_mismatch`, `negative_count`, `out_of_range`, `cancelled`
 * @example
 * const learned = learnBlend([{ task, sources, nowMs }]);
 * if (learned.kind === 'learned') learned.weights; // one per source
 */
export const learnBlend = (
  periods: readonly BlendPeriod[],
  settings: LearnBlendSettings = {},
  watch?: Watch,
): LearnedBlend | NoBlendAnswer => {
  const names = checkPeriods(periods);
  const { k, wide, depth, mostPeople, rounds = 4, prefer = 'widest' } = settings;
  for (const [name, count = 1] of Object.entries({ k, wide, depth, mostPeople, rounds }))
    if (checkCount(name, count) === 0)
      throw engineError('out_of_range', `${name} must be at least 1`, { name });
  checkProbability('leastCoverage', settings.leastCoverage ?? 0);
  if (periods.reduce((sum, { task }) => sum + task.person.length, 0) < MINIMUM_PEOPLE)
    return { kind: 'no_answer', reason: 'too_few_people' };

  const trial = trialOf(periods, settings, watchPart(watch, 0, SCORING));
  const alone = names.map((_, s) => trial(new Float64Array(names.length).with(s, 1)));
  const strongest = alone.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  if (strongest.ndcg === 0) return { kind: 'no_answer', reason: 'no_signal' };
  const half = SCORING + (1 - SCORING) / 2;
  const alike = trial(new Float64Array(names.length).fill(1));
  const tried = [
    ...alone,
    ...climb(trial, strongest, { rounds, watch: watchPart(watch, SCORING, half) }),
    ...climb(trial, alike, { rounds, watch: watchPart(watch, half, 1) }),
  ];
  const best = tried.reduce((a, b) => (b.value > a.value ? b : a));
  const chosen = prefer === 'best' ? best : widestOf(tried, best);
  tell(watch, 'weights', 1);
  const gainOver = (other: WeightsTried): MeanInterval =>
    differenceInterval(
      chosen.perPerson.map((value, r) => value - (other.perPerson[r] as number)),
      { level: 0.95 },
    );
  return {
    kind: 'learned',
    names,
    weights: chosen.weights,
    ndcg: meanInterval(chosen.perPerson, { level: 0.95 }),
    coverage: chosen.coverage,
    best: { weights: best.weights, ndcg: best.ndcg, coverage: best.coverage },
    alone: alone.map((each, s) => ({ name: names[s] as string, ndcg: each.ndcg, gain: gainOver(each) })),
    tried: tried.length,
    people: chosen.perPerson.length,
  };
};
