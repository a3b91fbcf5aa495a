import { checkFinite } from '../../errors/index.ts';
import { MINIMUM_OUTCOMES } from '../../experiment/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import type { Base } from '../learners/base-model.ts';
import { type CheckedData, checkData, rowsWhere, takePeople, type UpliftData } from '../learners/data.ts';
import { effectScores, fitArms } from '../learners/effect-scores.ts';
import { foldsOf } from '../learners/folds.ts';
import { fitChecked, type LearnerSettings, predictUplift } from '../learners/learner.ts';
import { bestShare, topShare } from './rule.ts';

export interface CrossFitSettings extends LearnerSettings {
  /** Outer folds, whose people judge; 5 unless said. */
  readonly folds?: number;
  /** Folds inside the others, which choose the share; 3 unless said. */
  readonly innerFolds?: number;
  /** Of treating one person, in the outcome's unit; 0 unless said. */
  readonly cost?: number;
}

/** Everything about each person from models that never saw the person. */
export interface CrossFitted {
  readonly kind: 'cross_fitted';
  /** Length n: predicted effects; the order in which the rule treats. */
  readonly scores: Float64Array;
  /** Length n: doubly robust effects less the cost; what the rule is judged by. */
  readonly effects: Float64Array;
  /** Length n: probability that the rule treats the person (a fraction only where equal scores stand at the cut). */
  readonly rule: Float64Array;
  /** Length n. */
  readonly fold: Uint8Array;
  /** Share treated in each fold, chosen on the others. */
  readonly shares: readonly number[];
  readonly treated: Uint8Array;
  readonly outcomes: Float64Array;
}

/** Too few people had an outcome (or, for 0/1, had none) in an arm to say anything: 20 for 0/1, 400 for other outcomes with zeros. */
export interface TooFewOutcomes {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_outcomes' | 'one_outcome';
  readonly found: number;
  readonly limit: number;
}

const refuse = ({ outcomes, treated, binary }: CheckedData): TooFewOutcomes | undefined => {
  const some = [0, 0] as [number, number];
  const none = [0, 0] as [number, number];
  outcomes.forEach((y, i) => {
    (y === 0 ? none : some)[treated[i] as 0 | 1]++;
  });
  const first = outcomes[0];
  if (outcomes.every((y) => y === first))
    return { kind: 'no_answer', reason: 'one_outcome', found: 1, limit: 2 };
  const found = binary ? Math.min(...some, ...none) : Math.min(...some);
  const zeros = none[0] + none[1] > 0.2 * outcomes.length;
  const limit = binary ? MINIMUM_OUTCOMES.proportion : zeros ? MINIMUM_OUTCOMES.money : 20;
  return found < limit ? { kind: 'no_answer', reason: 'too_few_outcomes', found, limit } : undefined;
};

interface Scored {
  readonly scores: Float64Array;
  readonly effects: Float64Array;
}

/** Nuisance models are ridge whatever the learner: they only take noise away. */
const NUISANCE: Base = { kind: 'linear' };

const learnAndScore = (
  { train, held }: { readonly train: CheckedData; readonly held: CheckedData },
  { cost = 0, ...settings }: CrossFitSettings,
  watch: Watch | undefined,
): Scored => ({
  scores: predictUplift(fitChecked(train, settings, watchPart(watch, 0, 0.6)), held.features),
  effects: effectScores(fitArms(train, NUISANCE, watchPart(watch, 0.6, 1)), held).map(
    (effect) => effect - cost,
  ),
});

const chooseShare = (data: CheckedData, settings: CrossFitSettings, watch: Watch | undefined): number => {
  const { innerFolds = 3, seed = 'uplift' } = settings;
  const n = data.treated.length;
  const fold = foldsOf(data, { folds: innerFolds, seed: `${seed}/inner` });
  return bestShare(
    Array.from({ length: innerFolds }, (_, f) => {
      const train = takePeople(
        data,
        rowsWhere(n, (row) => fold[row] !== f),
      );
      const held = takePeople(
        data,
        rowsWhere(n, (row) => fold[row] === f),
      );
      return learnAndScore({ train, held }, settings, watchPart(watch, f / innerFolds, (f + 1) / innerFolds));
    }),
  );
};

/**
 * Scores, doubly robust effects and a targeting rule, all cross-fitted: for each fold, the model, the outcome models and the share to treat come
 * from the other folds alone (the share from folds inside them), so that the fold's people judge a rule that knows nothing of
 * their outcomes. O(folds × (innerFolds + 1)) fits.
 *
 * @throws EngineError as `fitUplift`, and `too_few`, `cancelled`
 * @example
 * const fitted = crossFitUplift({ features, treated, outcomes, propensities: 0.5 });
 * if (fitted.kind === 'cross_fitted') targetingVerdict(fitted);
 */
export const crossFitUplift = (
  given: UpliftData,
  settings: CrossFitSettings = {},
  watch?: Watch,
): CrossFitted | TooFewOutcomes => {
  const data = checkData(given);
  checkFinite('cost', settings.cost ?? 0);
  const { folds = 5, innerFolds = 3, seed = 'uplift' } = settings;
  const fold = foldsOf(data, { folds, seed });
  const refused = refuse(data);
  if (refused) return refused;
  const n = data.treated.length;
  const [scores, effects, rule] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const shares = Array.from({ length: folds }, (_, f) => {
    const train = takePeople(
      data,
      rowsWhere(n, (row) => fold[row] !== f),
    );
    const rows = rowsWhere(n, (row) => fold[row] === f);
    const ownWatch = watchPart(watch, f / folds, (f + 1) / folds);
    const chosen = innerFolds / (innerFolds + 1);
    const share = chooseShare(train, settings, watchPart(ownWatch, 0, chosen));
    const held = takePeople(data, rows);
    const found = learnAndScore({ train, held }, settings, watchPart(ownWatch, chosen, 1));
    const treats = topShare(found.scores, share);
    rows.forEach((row, i) => {
      scores[row] = found.scores[i] as number;
      effects[row] = found.effects[i] as number;
      rule[row] = treats[i] as number;
    });
    return share;
  });
  const { treated, outcomes } = data;
  return { kind: 'cross_fitted', scores, effects, rule, fold, shares, treated, outcomes };
};
