import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { WEEK_HOURS } from '../local-time/index.ts';
import { mixedKernel, normalisersOf } from './kernels.ts';
import type { TimingModel } from './model.ts';

/** Events of somebody, by hour of the week. */
export interface WeekEvents {
  /** 0 (Monday 00:00 local) to 167. */
  readonly hour: ArrayLike<number>;
  /** Same length, >= 0; 1 unless said. */
  readonly weight?: ArrayLike<number>;
}

export interface TimingReader {
  /**
   * Shares of the hours of the week at which the person acts, length 168, summing to 1, into `out` if given. O(168 × hours with events).
   *
   * @throws EngineError `unknown_key`, `length_mismatch`
   */
  readonly shares: (person: number, out?: Float64Array) => Float64Array;
  /**
   * The same for a history that the fit has not seen, of somebody of a group.
   *
   * @throws EngineError `unknown_key`, `out_of_range`, `negative_weight`, `length_mismatch`, `nan`, `not_finite`
   */
  readonly sharesOf: (events: WeekEvents, group: number, out?: Float64Array) => Float64Array;
}

const MOST_TABLES = 32;

/** group's shares(h) × Σ_k weight_k κ_k(h, g) normaliser_k(g): where an event at g moves mass to; 168 rows g × 168. */
const tableOf = ({ groupShares, mixes }: TimingModel, group: number): Float64Array => {
  const base = groupShares.subarray(group * WEEK_HOURS, (group + 1) * WEEK_HOURS);
  const part = { weights: mixes.person.weights, normalisers: normalisersOf(base) };
  const table = new Float64Array(WEEK_HOURS * WEEK_HOURS);
  for (let g = 0; g < WEEK_HOURS; g++) {
    let sum = 0;
    for (let h = 0; h < WEEK_HOURS; h++) {
      const value = (base[h] as number) * mixedKernel(part, h, g);
      table[g * WEEK_HOURS + h] = value;
      sum += value;
    }
    // 0 only where the group's own share is: such an event says nothing.
    if (sum > 0)
      for (let h = 0; h < WEEK_HOURS; h++)
        table[g * WEEK_HOURS + h] = (table[g * WEEK_HOURS + h] as number) / sum;
  }
  return table;
};

/** Factors for another exposure than that of the fit; 0 where the fit saw nothing because nothing could happen. */
const factorsFor = ({ exposure }: TimingModel, wanted: ArrayLike<number> | undefined) => {
  if (!wanted) return undefined;
  checkLength('exposure', wanted.length, WEEK_HOURS);
  checkAllFinite('exposure', wanted);
  return exposure.map((each, h) => {
    const open = wanted[h] as number;
    if (open < 0) throw engineError('negative_weight', `exposure[${h}] is below 0: ${open}`, { index: h });
    return each > 0 ? open / each : 0;
  });
};

const scaleBy = (out: Float64Array, factors: Float64Array): void => {
  let sum = 0;
  for (let h = 0; h < WEEK_HOURS; h++) {
    out[h] = (out[h] as number) * (factors[h] as number);
    sum += out[h] as number;
  }
  if (!(sum > 0)) throw engineError('no_actions', 'no hour that was ever open is open now');
  for (let h = 0; h < WEEK_HOURS; h++) out[h] = (out[h] as number) / sum;
};

/**
 * Reads people's hours from a model: group's shares × concentration + what each event says, over concentration + events. Ask by group where there are
 * many: the tables of 32 groups are kept (225 kB and 1 ms each).
 *
 * `exposure` (length 168): where the hours to come differ from those of the fit in how often they come or are open.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `negative_weight` (exposure)
 * @example readTiming(model).shares(17)[0 * 24 + 8] // share of what person 17 does on Mondays from 08:00 to 09:00
 */
export const readTiming = (
  model: TimingModel,
  { exposure }: { readonly exposure?: ArrayLike<number> } = {},
): TimingReader => {
  const { groupShares, groups, mixes, start, hour, weight } = model;
  const { concentration } = mixes.person;
  const factors = factorsFor(model, exposure);
  const tables = new Map<number, Float64Array>();
  const tableFor = (group: number): Float64Array => {
    const kept = tables.get(group);
    if (kept) return kept;
    const made = tableOf(model, group);
    const [oldest] = tables.keys();
    if (tables.size >= MOST_TABLES && oldest !== undefined) tables.delete(oldest);
    tables.set(group, made);
    return made;
  };
  const begin = (group: number, out: Float64Array): void => {
    checkLength('out', out.length, WEEK_HOURS);
    const first = group * WEEK_HOURS;
    for (let h = 0; h < WEEK_HOURS; h++) out[h] = concentration * (groupShares[first + h] as number);
  };
  const add = (group: number, [g, mass]: readonly [number, number], out: Float64Array): void => {
    const table = tableFor(group);
    const row = g * WEEK_HOURS;
    for (let h = 0; h < WEEK_HOURS; h++) out[h] = (out[h] as number) + mass * (table[row + h] as number);
  };
  const end = (group: number, hasEvents: boolean, out: Float64Array): Float64Array => {
    if (!hasEvents) out.set(groupShares.subarray(group * WEEK_HOURS, (group + 1) * WEEK_HOURS));
    else {
      let sum = 0;
      for (let h = 0; h < WEEK_HOURS; h++) sum += out[h] as number;
      for (let h = 0; h < WEEK_HOURS; h++) out[h] = (out[h] as number) / sum;
    }
    if (factors) scaleBy(out, factors);
    return out;
  };
  const shares = (person: number, out: Float64Array = new Float64Array(WEEK_HOURS)): Float64Array => {
    if (!(Number.isInteger(person) && person >= 0 && person < model.people))
      throw engineError('unknown_key', `person ${person} of ${model.people}`, { person });
    const group = model.group[person] as number;
    const first = start[person] as number;
    const last = start[person + 1] as number;
    begin(group, out);
    for (let i = first; i < last; i++) add(group, [hour[i] as number, weight[i] as number], out);
    return end(group, last > first, out);
  };
  const sharesOf = (
    events: WeekEvents,
    group: number,
    out: Float64Array = new Float64Array(WEEK_HOURS),
  ): Float64Array => {
    if (!(Number.isInteger(group) && group >= 0 && group < groups))
      throw engineError('unknown_key', `group ${group} of ${groups}`, { group });
    if (events.weight) checkLength('weight', events.weight.length, events.hour.length);
    begin(group, out);
    let some = false;
    for (let i = 0; i < events.hour.length; i++) {
      const g = events.hour[i] as number;
      if (!(Number.isInteger(g) && g >= 0 && g < WEEK_HOURS))
        throw engineError('out_of_range', `an hour of the week is 0 to 167, got ${g}`, { index: i });
      const mass = events.weight?.[i] ?? 1;
      if (!(mass >= 0 && mass < Infinity))
        throw engineError(Number.isNaN(mass) ? 'nan' : 'negative_weight', `weight[${i}] is ${mass}`, {
          index: i,
        });
      if (mass === 0) continue;
      some = true;
      add(group, [g, mass], out);
    }
    return end(group, some, out);
  };
  return { shares, sharesOf };
};
