import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { WEEK_HOURS } from '../local-time/index.ts';
import type { HourHistory } from './history.ts';
import { addSums, createMasses, massesOf, normalisersOf, PARTS } from './kernels.ts';
import { createLeaveDayOut, isSampled, leavePersonOut, loadPerson } from './left-out.ts';
import { createLeftOut, fitMix } from './mix.ts';
import type { TimingModel } from './model.ts';
import { tilted } from './tilt.ts';
import type { WeekMasses } from './week-masses.ts';

/** What the levels are fitted on. */
export interface Work {
  readonly history: HourHistory;
  readonly masses: WeekMasses;
  readonly group: Uint32Array;
  readonly groups: number;
  /** People by group, of group g at `from[g]` to `from[g + 1]`. */
  readonly from: Uint32Array;
  readonly members: Uint32Array;
  readonly uniform: Float64Array;
}

export const byGroup = (group: Uint32Array, groups: number) => {
  const from = new Uint32Array(groups + 1);
  for (const g of group) from[g + 1] = (from[g + 1] as number) + 1;
  for (let g = 0; g < groups; g++) from[g + 1] = (from[g + 1] as number) + (from[g] as number);
  const next = from.slice();
  const members = new Uint32Array(group.length);
  group.forEach((g, u) => {
    members[next[g] as number] = u;
    next[g] = (next[g] as number) + 1;
  });
  return { from, members };
};

/** Masses of groups (groups × 168), each person's scaled to what n events of one person are worth: n (1 + a)/(n + a). */
const groupCounts = ({ masses, group, groups }: Work, concentration: number, watch?: Watch) => {
  const counts = new Float64Array(groups * WEEK_HOURS);
  const scales = new Float64Array(group.length);
  const own = createMasses();
  for (let u = 0; u < group.length; u++) {
    if ((u & 0x3fff) === 0) tell(watch, 'people', u / group.length);
    const total = loadPerson(masses, { person: u, scale: 1 }, own);
    const scale = (1 + concentration) / (total + concentration);
    scales[u] = scale;
    const row = (group[u] as number) * WEEK_HOURS;
    for (let j = 0; j < own.count; j++) {
      const at = row + (own.hour[j] as number);
      counts[at] = (counts[at] as number) + scale * (own.mass[j] as number);
    }
  }
  return { counts, scales };
};

const sumsOf = (counts: Float64Array, normalisers: Float64Array): Float64Array => {
  const masses = massesOf(counts, createMasses());
  const out = new Float64Array(WEEK_HOURS * PARTS);
  for (let at = 0; at < WEEK_HOURS; at++)
    addSums({ masses, normalisers }, { at, sign: 1 }, { out, place: at * PARTS });
  return out;
};

export const totalOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

export interface Levels {
  readonly population: Float64Array;
  readonly groupShares: Float64Array;
  readonly mixes: TimingModel['mixes'];
}

/** Uniform → population → groups → people, each a tilt of the level above. */
export const fitLevels = (
  work: Work,
  { concentration, rows }: { readonly concentration: number; readonly rows: number },
  watch?: Watch,
): Levels => {
  const { history, masses, groups, from, members, uniform } = work;
  const people = work.group.length;
  const { counts, scales } = groupCounts(work, concentration, watchPart(watch, 0, 0.1));
  const own = createMasses();
  const share = rows / Math.max(1, masses.hour.length);
  const left = createLeftOut(rows);
  const isFull = (): boolean => left.rows + WEEK_HOURS > rows;
  const leave = (person: number, unit: Parameters<typeof leavePersonOut>[0]): void => {
    if (isFull() || !isSampled(person, share)) return;
    loadPerson(masses, { person, scale: scales[person] as number }, own);
    leavePersonOut(unit, own, left);
  };

  const all = new Float64Array(WEEK_HOURS);
  counts.forEach((count, at) => {
    all[at % WEEK_HOURS] = (all[at % WEEK_HOURS] as number) + count;
  });
  const ofUniform = normalisersOf(uniform);
  const everybody = { total: totalOf(all), sums: sumsOf(all, ofUniform), normalisers: ofUniform };
  for (let u = 0; u < people; u++) {
    if ((u & 0x3fff) === 0) tell(watch, 'population', 0.1);
    leave(u, everybody);
  }
  const populationMix = fitMix(left, 'population', watchPart(watch, 0.1, 0.3));
  const population = tilted(uniform, { ...everybody, mix: populationMix });

  const groupShares = new Float64Array(groups * WEEK_HOURS);
  const ofPopulation = normalisersOf(population);
  const unitOf = (g: number) => {
    const ours = counts.subarray(g * WEEK_HOURS, (g + 1) * WEEK_HOURS);
    return { total: totalOf(ours), sums: sumsOf(ours, ofPopulation), normalisers: ofPopulation };
  };
  left.rows = 0;
  const watchGroups = watchPart(watch, 0.3, 0.6);
  if (groups > 1) {
    for (let g = 0; g < groups; g++) {
      if ((g & 15) === 0) tell(watchGroups, 'groups', (0.2 * g) / groups);
      const unit = unitOf(g);
      for (let i = from[g] as number; i < (from[g + 1] as number); i++) leave(members[i] as number, unit);
    }
  }
  const groupMix = fitMix(left, 'groups', watchPart(watchGroups, 0.2, 0.8));
  for (let g = 0; g < groups; g++) {
    if ((g & 15) === 0) tell(watchGroups, 'groups', 0.8 + (0.2 * g) / groups);
    const found = groups > 1 ? tilted(population, { ...unitOf(g), mix: groupMix }) : population;
    groupShares.set(found, g * WEEK_HOURS);
  }

  left.rows = 0;
  const leaveDayOut = createLeaveDayOut(history, masses);
  const watchPeople = watchPart(watch, 0.6, 1);
  const dayShare = rows / Math.max(1, history.hour.length);
  for (let g = 0; g < groups; g++) {
    const normalisers = normalisersOf(groupShares.subarray(g * WEEK_HOURS, (g + 1) * WEEK_HOURS));
    if ((g & 15) === 0) tell(watchPeople, 'people', (0.3 * g) / groups);
    for (let i = from[g] as number; i < (from[g + 1] as number); i++) {
      if ((i & 0x3fff) === 0) tell(watchPeople, 'people', (0.3 * g) / groups);
      if (isSampled(members[i] as number, dayShare)) leaveDayOut(members[i] as number, normalisers, left);
    }
  }
  const person = fitMix(left, 'people', watchPart(watchPeople, 0.3, 1));
  return { population, groupShares, mixes: { population: populationMix, group: groupMix, person } };
};
