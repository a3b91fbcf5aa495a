import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import type { SlotModel } from './model.ts';
import { fitCells, fitFactors, profileRows } from './person-cells.ts';
import { fitProfiles } from './profiles.ts';
import { ratesOf, totalsOf } from './rates.ts';
import { checkSlots, countSends, type SlotSends } from './sends.ts';
import type { Shrinkage } from './shrink.ts';
import { onlyOne } from './whose-profile.ts';

export interface SlotInput {
  readonly people: {
    readonly count: number;
    /** 1 unless said. */
    readonly groups?: number;
    /** Length count. */
    readonly group?: ArrayLike<number>;
  };
  readonly sends: SlotSends;
  /** people × 2 slots, > 0: `slotActivity`. */
  readonly activity?: Float32Array;
}

const groupsFrom = ({ count, groups = 1, group }: SlotInput['people']) => {
  if (!(Number.isInteger(count) && count >= 0))
    throw engineError('negative_count', `people must be a whole number >= 0, got ${count}`);
  if (!(Number.isInteger(groups) && groups >= 1 && groups <= 65_536))
    throw engineError('out_of_range', `groups must be a whole number from 1 to 65536, got ${groups}`);
  const out = new Uint32Array(count);
  if (group) {
    checkLength('group', group.length, count);
    for (let u = 0; u < count; u++) {
      const g = group[u] as number;
      if (!(Number.isInteger(g) && g >= 0 && g < groups))
        throw engineError('unknown_key', `group[${u}] is ${g} of ${groups}`, { index: u });
      out[u] = g;
    }
  }
  return { groups, group: out };
};

const checkActivity = (activity: Float32Array, length: number, watch: Watch | undefined): void => {
  checkLength('activity', activity.length, length);
  for (let at = 0; at < activity.length; at++) {
    if ((at & 0xfffff) === 0) tell(watch, 'activity', 0);
    const each = checkFinite('activity', activity[at] as number);
    if (!(each > 0)) throw engineError('out_of_range', `activity must be > 0, got ${each}`, { index: at });
  }
};

/** People whose slots were always drawn evenly; everybody where nobody says. */
const evenPeople = ({ person, randomised }: SlotSends, count: number): Uint8Array => {
  const even = new Uint8Array(count).fill(1);
  if (!randomised) return even;
  for (let k = 0; k < person.length; k++) if (!randomised[k]) even[person[k] as number] = 0;
  return even;
};

/**
 * Engagement given the send slot, by empirical Bayes: all sends → cells → cells of groups → people. A person's cell is expected to do the group's
 * rate × the person's level (who answers more does so at any hour, so that the first slot tried is not taken for the best) × the profile of the
 * kinds of people that the person may be of (`fitProfiles`) × activity^γ × what the cells around it say;
 * Beta around it with a learned spread. People without sends have exactly their group's rates (and their activity, if given). 200,000 people: about
 * 3 s; 200 B a person.
 *
 * @throws EngineError as `countSends`; `negative_count`, `out_of_range`, `length_mismatch`, `not_finite`, `cancelled`
 * @example
 * const model = fitSlots({ people: { count: 1000 }, sends }, { slots: 12 });
 * decideSlot(model, { person: 17, day: 0 }, { random }); // { slot, propensity, … }
 */
export const fitSlots = (
  { people, sends, activity = new Float32Array(0) }: SlotInput,
  { slots = 12 }: { readonly slots?: number } = {},
  watch?: Watch,
): SlotModel => {
  const cells = 2 * checkSlots(slots);
  const { count } = people;
  const { groups, group } = groupsFrom(people);
  if (activity.length > 0) checkActivity(activity, count * cells, watch);
  tell(watch, 'sends', 0);
  const counts = countSends(sends, { people: count, slots }, watchPart(watch, 0, 0.1));
  const total = totalsOf(sends, { group, groups, slots }, watchPart(watch, 0.1, 0.2));
  tell(watch, 'groups', 0.2);
  const rates = ratesOf(total, { groups, cells }, watchPart(watch, 0.2, 0.3));

  const data = { ...counts, group, rates, activity, isEven: evenPeople(sends, count) };
  let shrinkage: Shrinkage = { shape: 9, activityWeight: activity.length > 0 ? 0.5 : 0, sharing: 0.5 };
  const first = fitFactors(data, shrinkage, watchPart(watch, 0.3, 0.35));
  shrinkage = fitCells(
    data,
    { factors: first, before: shrinkage, profiles: onlyOne(cells) },
    watchPart(watch, 0.35, 0.5),
  );
  const factors = fitFactors(data, shrinkage, watchPart(watch, 0.5, 0.55));
  const known = profileRows(data, shrinkage, watchPart(watch, 0.55, 0.6));
  const profiles = fitProfiles(known, factors.personShape, watchPart(watch, 0.6, 0.8));
  shrinkage = fitCells(data, { factors, before: shrinkage, profiles }, watchPart(watch, 0.8, 0.95));
  const { factor, personShape } = fitFactors(data, shrinkage, watchPart(watch, 0.95, 1));
  tell(watch, 'cells', 1);
  let engaged = 0;
  for (let at = 0; at < counts.engaged.length; at++) {
    if ((at & 0xfffff) === 0) tell(watch, 'cells', 1);
    engaged += counts.engaged[at] as number;
  }
  return {
    kind: 'slots',
    ...counts,
    groups,
    group,
    rates,
    activity,
    factor,
    profiles,
    ...shrinkage,
    diagnostics: { sends: sends.person.length, engaged, personShape },
  };
};
