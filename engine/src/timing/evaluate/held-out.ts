import { checkLength, checkLevel, engineError } from '../../errors/index.ts';
import { MINIMUM_PEOPLE } from '../../experiment/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { type HourHistory, readTiming, type TimingModel } from '../hours/index.ts';
import { byGroup } from '../hours/levels.ts';
import { hourOfWeek, WEEK_HOURS } from '../local-time/index.ts';
import { type Calibration, createCalibration } from './calibration.ts';
import { type ClusteredMean, clusteredMean } from './clustered.ts';

/** Mean log-likelihoods per event, in nats: 0.69 more is twice the probability for what happened. */
export interface LogLikelihoods {
  readonly person: number;
  readonly group: number;
  /** Shares of all events of the fit, heavy people counting as much as they did: the strongest thing to say about everybody. */
  readonly population: number;
  readonly uniform: number;
}

export interface TimingScore {
  /** Events of the fit that these people had: from, up to and with. */
  readonly history: readonly [number, number];
  readonly people: number;
  readonly events: number;
  readonly logLikelihood: LogLikelihoods;
  /** What the person's own hours add per event; null with fewer than two people. */
  readonly overPopulation: ClusteredMean | null;
  readonly overGroup: ClusteredMean | null;
}

/**
 * `gain`: people's own hours say more about what they did next than the population's and than their group's, by intervals above 0 ·
 * `no_gain_seen`: they do not: use everybody's hours (an interval below 0 says that own hours even harm)
 */
export type TimingVerdict = 'gain' | 'no_gain_seen';

export type TimingEvaluation =
  | {
      readonly kind: 'evaluated';
      readonly verdict: TimingVerdict;
      /** All people together. */
      readonly all: TimingScore;
      /** By how much was known of them: 0, 1–3, 4–10 and more events; those with nobody are left out. */
      readonly byHistory: readonly TimingScore[];
      readonly calibration: Calibration;
      /** Events in hours that the fit held for closed: in no figure. */
      readonly closed: number;
    }
  | {
      readonly kind: 'no_answer';
      /** `too_few_people`: fewer than 20 people did anything in the held-out time. */
      readonly reason: 'too_few_people';
      readonly found: number;
      readonly limit: number;
    };

export interface TimingEvaluationSettings {
  /** 0.05 unless said. */
  readonly alpha?: number;
}

const HISTORIES: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 3],
  [4, 10],
  [11, Infinity],
];

const MODELS = ['person', 'group', 'population', 'uniform'] as const;

/** Events of the fit by hour, half an event more on every open hour. */
const populationOf = ({ hour, weight, exposure }: TimingModel): Float64Array => {
  const out = exposure.map((open) => (open > 0 ? 0.5 : 0));
  hour.forEach((h, i) => {
    out[h] = (out[h] as number) + (weight[i] as number);
  });
  const sum = out.reduce((a, b) => a + b, 0);
  return out.map((each) => each / sum);
};

const uniformOf = ({ exposure }: TimingModel): Float64Array => {
  const sum = exposure.reduce((a, b) => a + b, 0);
  return exposure.map((each) => each / sum);
};

interface Sums extends Record<(typeof MODELS)[number], Float64Array> {
  readonly events: Float64Array;
}

const difference = (sums: Sums, than: 'group' | 'population', alpha: number): ClusteredMean | null => {
  const { person, events } = sums;
  const other = sums[than];
  const value = new Float64Array(person.length);
  for (let u = 0; u < value.length; u++) value[u] = (person[u] as number) - (other[u] as number);
  return clusteredMean({ value, events }, alpha);
};

/**
 * Both are the same sums in another order. Once, in some hundred runs of the tables, a difference was printed as 0 beside log-likelihoods
 * that differed, and no cause was found: a figure that contradicts its neighbours is not given out.
 */
const checkAgreement = (score: Scores): Scores => {
  const { person, population, group } = score.logLikelihood;
  for (const [found, other] of [
    [score.overPopulation, population],
    [score.overGroup, group],
  ] as const) {
    if (found && !(Math.abs(found.estimate - (person - other)) <= 1e-9 * (1 + Math.abs(person))))
      throw engineError('no_convergence', 'a difference of log-likelihoods contradicts them', {
        difference: found.estimate,
        person,
        other,
      });
  }
  return score;
};

const takeRows = (values: Float64Array, rows: Uint32Array): Float64Array => {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i] as number] as number;
  return out;
};

type Scores = Omit<TimingScore, 'history'>;

const scoreOf = (
  all: Sums,
  counted: (person: number) => boolean,
  { alpha, pulse }: { readonly alpha: number; readonly pulse: () => void },
): Scores => {
  const people = new Uint32Array(all.events.length);
  let found = 0;
  for (let u = 0; u < people.length; u++)
    if ((all.events[u] as number) > 0 && counted(u)) people[found++] = u;
  const kept = people.subarray(0, found);
  const take = (values: Float64Array): Float64Array => {
    pulse();
    return takeRows(values, kept);
  };
  const sums: Sums = {
    person: take(all.person),
    group: take(all.group),
    population: take(all.population),
    uniform: take(all.uniform),
    events: take(all.events),
  };
  const total = (values: Float64Array): number => {
    pulse();
    return values.reduce((a, b) => a + b, 0);
  };
  const events = total(sums.events);
  const mean = (model: (typeof MODELS)[number]): number => (events === 0 ? 0 : total(sums[model]) / events);
  return checkAgreement({
    people: kept.length,
    events,
    logLikelihood: {
      person: mean('person'),
      group: mean('group'),
      population: mean('population'),
      uniform: mean('uniform'),
    },
    overPopulation: difference(sums, 'population', alpha),
    overGroup: difference(sums, 'group', alpha),
  });
};

/**
 * How well a model says when people act in a time that it has not seen, against their group's, everybody's and no hours at all; with its
 * calibration. `heldOut` (from `collectHours`) numbers people as the fit did; those that came later have index ≥ the model's people and
 * cannot be scored: give them to the fit without events. Every person and hour counts once. O(people × 168 + events × 168).
 *
 * @throws EngineError `length_mismatch`, `probability_out_of_range`, `cancelled`
 * @example
 * const found = evaluateTiming(model, collectHours({ people, events: later }));
 * if (found.kind === 'evaluated' && found.verdict === 'no_gain_seen') useEverybodysHours();
 */
export const evaluateTiming = (
  model: TimingModel,
  heldOut: HourHistory,
  { alpha = 0.05, watch }: TimingEvaluationSettings & { readonly watch?: Watch } = {},
): TimingEvaluation => {
  checkLevel('alpha', alpha);
  checkLength('people', heldOut.people, model.people);
  const { people } = model;
  const reader = readTiming(model);
  const population = populationOf(model);
  const uniform = uniformOf(model);
  const make = (): Float64Array => new Float64Array(people);
  const sums: Sums = { person: make(), group: make(), population: make(), uniform: make(), events: make() };
  const known = make();
  const shares = new Float64Array(WEEK_HOURS);
  const calibration = createCalibration(people);
  let closed = 0;
  let found = 0;
  // By group, because a reader keeps the tables of few groups.
  const { members } = byGroup(model.group, model.groups);
  for (let k = 0; k < people; k++) {
    const u = members[k] as number;
    if ((k & 255) === 0) tell(watch, 'held out', k / people);
    const from = heldOut.start[u] as number;
    const to = heldOut.start[u + 1] as number;
    for (let i = model.start[u] as number; i < (model.start[u + 1] as number); i++)
      known[u] = (known[u] as number) + (model.weight[i] as number);
    if (from === to) continue;
    reader.shares(u, shares);
    const row = (model.group[u] as number) * WEEK_HOURS;
    for (let i = from; i < to; i++) {
      const h = hourOfWeek(heldOut.hour[i] as number);
      if (model.exposure[h] === 0) {
        closed++;
        continue;
      }
      sums.events[u] = (sums.events[u] as number) + 1;
      sums.person[u] = (sums.person[u] as number) + Math.log(shares[h] as number);
      sums.group[u] = (sums.group[u] as number) + Math.log(model.groupShares[row + h] as number);
      sums.population[u] = (sums.population[u] as number) + Math.log(population[h] as number);
      sums.uniform[u] = (sums.uniform[u] as number) + Math.log(uniform[h] as number);
      calibration.add(u, h, shares);
    }
    if (sums.events[u] !== 0) found++;
  }
  if (found < MINIMUM_PEOPLE)
    return { kind: 'no_answer', reason: 'too_few_people', found, limit: MINIMUM_PEOPLE };
  const pulse = (): void => tell(watch, 'scores', 1);
  pulse();
  const all: TimingScore = { history: [0, Infinity], ...scoreOf(sums, () => true, { alpha, pulse }) };
  return {
    kind: 'evaluated',
    verdict: verdictOf([all.overPopulation, all.overGroup]),
    all,
    byHistory: HISTORIES.map(([low, high], i) => {
      pulse();
      const next = HISTORIES[i + 1]?.[0] ?? Infinity;
      const counted = (u: number): boolean =>
        i === 0 ? known[u] === 0 : (known[u] as number) > 0 && roomOf(known[u] as number, low, next);
      return { history: [low, high] as const, ...scoreOf(sums, counted, { alpha, pulse }) };
    }).filter((score) => score.people > 0),
    calibration: calibration.result(pulse),
    closed,
  };
};

const verdictOf = (over: readonly (ClusteredMean | null)[]): TimingVerdict =>
  over.every((found) => found && found.low > 0) ? 'gain' : 'no_gain_seen';

/** Fractions of events (decayed ones) belong to the room below the next whole one; the first begins above 0. */
const roomOf = (events: number, low: number, next: number): boolean =>
  events < next && (events >= low || low === 1);
