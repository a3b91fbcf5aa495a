import { tell, type Watch } from '../../fitting/index.ts';
import { readTiming, type TimingModel } from '../hours/index.ts';
import { byGroup } from '../hours/levels.ts';
import { WEEK_HOURS } from '../local-time/index.ts';
import { checkSlots } from './sends.ts';

/** What is read out of one person's clicks can be off by this factor at most. */
const MOST = 5;

const inSlots = (shares: Float64Array, slots: number, out: Float64Array): void => {
  const width = 24 / slots;
  out.fill(0);
  for (let h = 0; h < WEEK_HOURS; h++) {
    const cell = (h >= 120 ? slots : 0) + Math.floor((h % 24) / width);
    out[cell] = (out[cell] as number) + (shares[h] as number);
  }
  // Within a day: how much somebody does at weekends is no reason for an hour.
  for (const from of [0, slots]) {
    let sum = 0;
    for (let cell = from; cell < from + slots; cell++) sum += out[cell] as number;
    for (let cell = from; cell < from + slots; cell++)
      out[cell] = sum > 0 ? (out[cell] as number) / sum : 1 / slots;
  }
};

/**
 * How much more of a day's activity a person has in each slot than the person's group: people × 2 slots, 1 for people without events, within
 * [1/5, 5]. What people do by themselves is a hint, not proof, of when they answer: `fitSlots` learns how much it says. O(people × 168).
 *
 * @throws EngineError `out_of_range`, `cancelled`
 * @example fitSlots({ people: { count }, sends, activity: slotActivity(timing, 12) })
 */
export const slotActivity = (model: TimingModel, slots: number, watch?: Watch): Float32Array => {
  const cells = 2 * checkSlots(slots);
  const out = new Float32Array(model.people * cells).fill(1);
  const reader = readTiming(model);
  const [own, ours] = [new Float64Array(cells), new Float64Array(cells)];
  const shares = new Float64Array(WEEK_HOURS);
  const { members: people } = byGroup(model.group, model.groups);
  let group = -1;
  people.forEach((u, i) => {
    if ((i & 511) === 0) tell(watch, 'activity', i / people.length);
    if (model.start[u] === model.start[u + 1]) return;
    const g = model.group[u] as number;
    if (g !== group) {
      inSlots(model.groupShares.subarray(g * WEEK_HOURS, (g + 1) * WEEK_HOURS), slots, ours);
      group = g;
    }
    inSlots(reader.shares(u, shares), slots, own);
    for (let cell = 0; cell < cells; cell++) {
      const base = ours[cell] as number;
      const ratio = base > 0 ? (own[cell] as number) / base : 1;
      out[u * cells + cell] = Math.min(MOST, Math.max(1 / MOST, ratio));
    }
  });
  return out;
};
