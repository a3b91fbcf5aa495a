import type { Bench } from '../bench.ts';
import { median, round } from '../measure/median.ts';
import { assignmentFlatness } from '../proof/assignment.ts';
import { bernoulli, cappedMoney, heavyTailed, normal } from '../proof/outcomes.ts';
import { NEAR, type Scenario, type Tally, tally } from '../proof/runs.ts';

const RUNS = 4000;
const FAR_RUNS = 400;
const IDS = 10_000_000;
const EFFECT = 0.05;

const fivePercent = bernoulli(0.05);
const money = (name: string, controlShare: number): Scenario => ({
  name,
  kind: 'money',
  controlShare,
  effect: 0,
  outcomes: (random) => {
    const outcome = cappedMoney(random.stream('earlier'));
    return [outcome, outcome];
  },
  compare: false,
});

const even = { controlShare: 0.5, effect: 0, compare: true } as const;

/** A/A: both arms the same. */
const NULLS: readonly Scenario[] = [
  { ...even, name: 'Normal', kind: 'mean', outcomes: () => [normal(0), normal(0)] },
  { ...even, name: 'Bernoulli', kind: 'proportion', outcomes: () => [fivePercent, fivePercent] },
  { ...even, name: 'Heavy', kind: 'mean', outcomes: () => [heavyTailed, heavyTailed] },
  money('Money5050', 0.5),
  money('Money1090', 0.1),
  money('Money0595', 0.05),
];
const REAL: Scenario = {
  ...even,
  name: 'Effect',
  kind: 'mean',
  effect: EFFECT,
  outcomes: () => [normal(0), normal(EFFECT)],
};

/** Mean stop with runs that did not stop counted at the end, as the published comparisons do. */
const meanStop = (stops: Float64Array): number =>
  stops.reduce((sum, stop) => sum + Math.min(stop, NEAR), 0) / stops.length;

const errorOf = (share: number, runs: number): number => Math.sqrt((share * (1 - share)) / runs);

const nullFigures = ({ name, compare }: Scenario, found: Tally) => ({
  [`falseAlarm${name}`]: round(found.alarmsNear, 4),
  [`falseAlarm${name}At100000`]: round(found.alarmsFar, 4),
  [`answered${name}`]: round(found.answered, 4),
  ...(compare
    ? {
        [`tAtEnd${name}`]: round(found.tAtEnd, 4),
        [`tPeeking${name}`]: round(found.tPeeking, 4),
        [`aimed${name}`]: round(found.aimed, 4),
      }
    : {}),
});

/** False alarms, coverage, power: do the intervals hold however often one looks? */
export const proof: Bench = {
  name: 'proof',
  about:
    'A/A and A/B experiments looked at every 100 people an arm: false alarms, coverage, power, speed of stopping',
  run: async ({ say }) => {
    const figures: Record<string, number> = {};
    const coverages: number[] = [];
    for (const scenario of NULLS) {
      const found = tally(scenario, RUNS, FAR_RUNS);
      Object.assign(figures, nullFigures(scenario, found));
      coverages.push(found.coverage);
      say(`${scenario.name}: ${found.alarmsNear} by 10,000 an arm, ${found.alarmsFar} by 100,000`);
    }
    const real = tally(REAL, RUNS, 0);
    coverages.push(real.coverage);
    Object.assign(figures, {
      coverageSimultaneous: round(Math.min(...coverages), 4),
      powerNormal: round(real.alarmsNear, 4),
      medianStopN: median([...real.stops]),
      meanStopN: round(meanStop(real.stops), 0),
      powerFixedT: round(real.tAtEnd, 4),
      powerNormalAimed: round(real.aimed, 4),
      medianStopNAimed: median([...real.aimedStops]),
      meanStopNAimed: round(meanStop(real.aimedStops), 0),
      monteCarloError4000: round(errorOf(0.05, RUNS), 4),
      monteCarloError400: round(errorOf(0.05, FAR_RUNS), 4),
    });
    const flat = assignmentFlatness(IDS);
    Object.assign(figures, {
      assignmentIds: IDS,
      assignmentUniformP: round(flat.uniformP, 4),
      assignmentIndependentP: round(flat.independentP, 4),
    });
    return {
      figures,
      notes: [
        '“per arm” is the smaller arm: 10/90 to 10,000 is 100,000 people, 5/95 is 200,000. Looks every 100 of the smaller arm.',
        'One tuning for both horizons: the default of the plan of 10,000 in the smaller arm. Money has no verdict before 400 buyers there.',
        'Heavy is lognormal(1.5), uncapped. monteCarloError is one standard error of a share of 0.05.',
        'aimed…: the mixture with two bumps at the effect that the plan expects (z = 3), same looks.',
      ],
    };
  },
};
