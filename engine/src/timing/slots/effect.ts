import { checkLength, engineError } from '../../errors/index.ts';
import {
  checkLog,
  checkTarget,
  constrainTarget,
  crossFitRewards,
  type DecisionLog,
  intervalOf,
  type OverlapDiagnostics,
  overlapOf,
  type Refusal,
  type RefusalRules,
  refusalsOf,
  type Scored,
  scoreMethod,
  type TargetPolicy,
  usedRows,
  type ValueInterval,
  weightsOf,
} from '../../off-policy/index.ts';

/** Sends as they were decided and what came of them, in the order of time. */
export interface SlotLog {
  readonly slots: number;
  /** Length n. */
  readonly person: ArrayLike<number | string>;
  /** Length n: 0 Monday to Friday, 1 the weekend. */
  readonly day: ArrayLike<number>;
  readonly slot: ArrayLike<number>;
  /** Length n, in (0, 1]: as logged. */
  readonly propensity: Float64Array;
  /** Length n: 0 or 1, or any finite reward. */
  readonly engaged: Float64Array;
  /** n × slots: `personal` of each decision. */
  readonly personal: Float64Array;
  /** n × slots: 1 where allowed; all unless said. */
  readonly candidates?: Uint8Array;
  /** Length n: 1 for the permanent randomised share. */
  readonly randomised: ArrayLike<number>;
}

export interface SlotEffectSettings {
  /** The hour that everybody would get instead; where it is not allowed, any that is. */
  readonly fixedSlot: number;
  /** `randomised` unless said; `all` also reads the policy's own draws, whose weights are larger. */
  readonly rows?: 'randomised' | 'all';
  /** 0.05 unless said. */
  readonly alpha?: number;
  /** Will this be looked at again? True unless said: the interval then holds at all looks. */
  readonly adaptive?: boolean;
  readonly refusals?: RefusalRules;
}

export type SlotEffect =
  | {
      readonly kind: 'effect';
      /** `better`: above 0 by its interval · `no_gain_seen`: the interval holds 0: keep the fixed hour · `worse` */
      readonly verdict: 'better' | 'no_gain_seen' | 'worse';
      /** Engagement per send at personal slots less that at the fixed one. */
      readonly difference: { readonly estimate: number } & ValueInterval;
      readonly personal: number;
      readonly fixed: number;
      readonly rows: number;
      readonly people: number;
      readonly overlap: { readonly personal: OverlapDiagnostics; readonly fixed: OverlapDiagnostics };
    }
  | {
      readonly kind: 'refused';
      /** From `refusalsOf`, for either target; `no_spread`: every row says the same. */
      readonly reasons: readonly (
        | Refusal
        | { readonly reason: 'no_spread'; readonly found: 0; readonly limit: 0 }
      )[];
    };

const checkSlotLog = (log: SlotLog): number => {
  const n = log.engaged.length;
  checkLength('person', log.person.length, n);
  checkLength('day', log.day.length, n);
  checkLength('slot', log.slot.length, n);
  checkLength('propensity', log.propensity.length, n);
  checkLength('personal', log.personal.length, n * log.slots);
  checkLength('randomised', log.randomised.length, n);
  if (log.candidates) checkLength('candidates', log.candidates.length, n * log.slots);
  return n;
};

const takeRows = (
  { slots, slot, engaged, propensity, person, personal, candidates, day }: SlotLog,
  rows: Int32Array,
) => {
  const wide = (values: Float64Array | Uint8Array, out: Float64Array | Uint8Array) => {
    rows.forEach((row, i) => {
      for (let s = 0; s < slots; s++) out[i * slots + s] = values[row * slots + s] as number;
    });
    return out;
  };
  const allowed = candidates && (wide(candidates, new Uint8Array(rows.length * slots)) as Uint8Array);
  const log: DecisionLog = {
    actionCount: slots,
    actions: Int32Array.from(rows, (row) => slot[row] as number),
    rewards: Float64Array.from(rows, (row) => engaged[row] as number),
    propensities: Float64Array.from(rows, (row) => propensity[row] as number),
    people: Array.from(rows, (row) => person[row] as number | string),
    ...(allowed && { allowed }),
  };
  return {
    log,
    personal: wide(personal, new Float64Array(rows.length * slots)) as Float64Array,
    days: Float64Array.from(rows, (row) => day[row] as number),
  };
};

interface Read {
  readonly scored: Scored;
  readonly overlap: OverlapDiagnostics;
}

/** Doubly robust value of one target, in influences of the used rows. */
const read = (
  log: DecisionLog,
  target: TargetPolicy,
  { used, predictions }: { readonly used: ReturnType<typeof usedRows>; readonly predictions: Float64Array },
): Read => {
  const weights = weightsOf(log, target, used);
  const overlap = overlapOf({ log, target, used }, weights);
  if (used.rows.length === 0) return { scored: { value: 0, influence: weights }, overlap };
  const k = log.actionCount;
  const expected = Float64Array.from(used.rows, (row) => {
    let sum = 0;
    for (let at = row * k; at < (row + 1) * k; at++)
      sum += (target[at] as number) * (predictions[at] as number);
    return sum;
  });
  const predicted = Float64Array.from(
    used.rows,
    (row) => predictions[row * k + (log.actions[row] as number)] as number,
  );
  const rewards = Float64Array.from(used.rows, (row) => log.rewards[row] as number);
  return { scored: scoreMethod({ kind: 'dr' }, { weights, rewards, expected, predicted }), overlap };
};

/**
 * What personal slots change against one fixed hour of the same days: difference of two doubly robust values on the same rows (Dudík, Langford, Li
 * 2011), with its interval, or a refusal. On evenly drawn slots no model decides the weights, and days are the same for both sides: no weekend
 * bias. The outcome model (ridge on kind of day, cross-fitted by people) only takes noise away. O(n slots).
 *
 * @throws EngineError `length_mismatch`, `unknown_key` (slots), `propensity_out_of_range`, `nan`, `not_finite`, `negative_weight`,
 * `weights_do_not_sum` (personal)
 * @example
 * const found = slotEffect(log, { fixedSlot: 5 });
 * if (found.kind === 'effect') found.difference; // { estimate: 0.012, low: 0.004, high: 0.02, … }
 */
export const slotEffect = (slotLog: SlotLog, settings: SlotEffectSettings): SlotEffect => {
  const { fixedSlot, rows: which = 'randomised', alpha = 0.05, adaptive = true, refusals } = settings;
  const n = checkSlotLog(slotLog);
  const { slots } = slotLog;
  if (!(Number.isInteger(fixedSlot) && fixedSlot >= 0 && fixedSlot < slots))
    throw engineError('unknown_key', `fixedSlot is ${fixedSlot} of ${slots}`);
  const kept = Int32Array.from({ length: n }, (_, row) => row).filter(
    (row) => which === 'all' || Boolean(slotLog.randomised[row]),
  );
  if (kept.length === 0) return { kind: 'refused', reasons: [{ reason: 'no_rows', found: 0, limit: 1 }] };
  const { log, personal, days } = takeRows(slotLog, kept);
  checkLog(log);
  checkTarget(log, personal);
  const used = usedRows(log);
  const always = Float64Array.from({ length: kept.length * slots }, (_, at) =>
    at % slots === fixedSlot ? 1 : 0,
  );
  const predictions = crossFitRewards(log, {
    features: 1,
    contexts: days,
    fitting: which === 'randomised' && used.people >= 10 ? 'people' : 'time',
  });
  const own = read(log, constrainTarget(personal, log), { used, predictions });
  const fixed = read(log, constrainTarget(always, log), { used, predictions });
  const reasons = [...refusalsOf(own.overlap, refusals), ...refusalsOf(fixed.overlap, refusals)];
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const difference: Scored = {
    value: own.scored.value - fixed.scored.value,
    influence: own.scored.influence.map((each, i) => each - (fixed.scored.influence[i] as number)),
  };
  const interval = intervalOf(difference, used, { alpha, adaptive });
  if (!(interval.standardError > 0))
    return { kind: 'refused', reasons: [{ reason: 'no_spread', found: 0, limit: 0 }] };
  return {
    kind: 'effect',
    verdict: interval.low > 0 ? 'better' : interval.high < 0 ? 'worse' : 'no_gain_seen',
    difference: { estimate: difference.value, ...interval },
    personal: own.scored.value,
    fixed: fixed.scored.value,
    rows: used.rows.length,
    people: used.people,
    overlap: { personal: own.overlap, fixed: fixed.overlap },
  };
};
