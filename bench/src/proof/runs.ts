import {
  anytimeDifference,
  type DifferenceInput,
  defaultTuning,
  meanArm,
  sequentialTest,
  varianceOf,
} from '@mesure/engine/experiment';
import { createRandom, type Random } from '@mesure/engine/random';
import { studentQuantile } from '@mesure/engine/special';
import { type Arms, growingArms, type Outcome } from './outcomes.ts';

/** People in the smaller arm between looks, at the end of all runs, and at the end of those that go on. */
export const STEP = 100;
export const NEAR = 10_000;
export const FAR = 100_000;
const ALPHA = 0.05;

export interface Scenario {
  readonly name: string;
  readonly kind: DifferenceInput['kind'];
  /** Of the control, the smaller arm. */
  readonly controlShare: number;
  /** Treatment's mean minus control's. */
  readonly effect: number;
  readonly outcomes: (random: Random) => readonly [control: Outcome, treatment: Outcome];
  /** Also run what the table of the literature has: t at the end, t at every look, the aimed mixture. */
  readonly compare: boolean;
}

export interface Tally {
  readonly runs: number;
  readonly farRuns: number;
  /** Share of runs in which some look excluded 0, by 10,000 and by 100,000 in the smaller arm. */
  readonly alarmsNear: number;
  readonly alarmsFar: number;
  /** Share of runs whose intervals held the true effect at all looks, to the end of each run. */
  readonly coverage: number;
  /** People in the smaller arm when the first look excluded 0; Infinity when none did. Ascending. */
  readonly stops: Float64Array;
  readonly answered: number;
  readonly tAtEnd: number;
  readonly tPeeking: number;
  readonly aimed: number;
  readonly aimedStops: Float64Array;
}

const tStatistic = ({ control, treatment }: Arms): number =>
  (treatment.mean - control.mean) /
  Math.sqrt(varianceOf(control) / control.n + varianceOf(treatment) / treatment.n);

/** The aim of the second mixture: the z-value that the planned sample would show. */
const EXPECTED_Z = 3;

/** First look (in people of the smaller arm) at which each method excluded 0; whether the truth was always inside. */
const oneRun = (scenario: Scenario, random: Random, end: number) => {
  const larger = Math.round((STEP * (1 - scenario.controlShare)) / scenario.controlShare);
  const grow = growingArms(random, [STEP, larger], scenario.outcomes(random));
  const plannedPeople = (NEAR / STEP) * (STEP + larger);
  // One tuning for both horizons: the default of the planned sample.
  const tuning = defaultTuning(plannedPeople);
  let [stop, tStop, aimedStop] = [Infinity, Infinity, Infinity];
  let covered = true;
  let answered = false;
  let tAtEnd = false;
  for (let people = STEP; people <= end; people += STEP) {
    const arms = grow();
    const found = anytimeDifference({ ...arms, kind: scenario.kind, alpha: ALPHA, plannedPeople: tuning });
    if ('verdict' in found) {
      answered = true;
      const { low, high } = found.absolute;
      if (low > scenario.effect || high < scenario.effect) covered = false;
      if (found.verdict !== 'not_yet') stop = Math.min(stop, people);
    }
    if (!scenario.compare || people > NEAR) continue;
    const alarm = Math.abs(tStatistic(arms)) > studentQuantileAt(arms.control.n + arms.treatment.n - 2);
    if (alarm) tStop = Math.min(tStop, people);
    if (people === NEAR) tAtEnd = alarm;
    if (aimedStop < Infinity || arms.control.m2 === 0 || arms.treatment.m2 === 0) continue;
    const aimed = sequentialTest({
      control: meanArm(arms.control),
      treatment: meanArm(arms.treatment),
      scale: 'absolute',
      alpha: ALPHA,
      tuning: { kind: 'aimed', expectedZ: EXPECTED_Z, plannedPeople },
    });
    if (aimed.kind === 'answer' && (aimed.low > 0 || aimed.high < 0)) aimedStop = people;
  }
  return { stop, tPeeking: tStop < Infinity, tAtEnd, aimedStop, covered, answered };
};

const quantiles = new Map<number, number>();
const studentQuantileAt = (degrees: number): number => {
  const known = quantiles.get(degrees) ?? studentQuantile(1 - ALPHA / 2, degrees);
  quantiles.set(degrees, known);
  return known;
};

/** `runs` experiments to 10,000 in the smaller arm, the first `farRuns` of them on to 100,000. Seeded: the same every time. */
export const tally = (scenario: Scenario, runs: number, farRuns: number): Tally => {
  const count = { near: 0, far: 0, covered: 0, answered: 0, tAtEnd: 0, tPeeking: 0, aimed: 0 };
  const stops = new Float64Array(runs);
  const aimedStops = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    const goesOn = run < farRuns;
    const found = oneRun(scenario, createRandom('proof', `${scenario.name}/${run}`), goesOn ? FAR : NEAR);
    if (found.stop <= NEAR) count.near += 1;
    if (goesOn && found.stop <= FAR) count.far += 1;
    if (found.covered) count.covered += 1;
    if (found.answered) count.answered += 1;
    if (found.tAtEnd) count.tAtEnd += 1;
    if (found.tPeeking) count.tPeeking += 1;
    if (found.aimedStop < Infinity) count.aimed += 1;
    stops[run] = found.stop <= NEAR ? found.stop : Infinity;
    aimedStops[run] = found.aimedStop;
  }
  return {
    runs,
    farRuns,
    alarmsNear: count.near / runs,
    alarmsFar: farRuns === 0 ? Number.NaN : count.far / farRuns,
    coverage: count.covered / runs,
    stops: stops.sort(),
    answered: count.answered / runs,
    tAtEnd: count.tAtEnd / runs,
    tPeeking: count.tPeeking / runs,
    aimed: count.aimed / runs,
    aimedStops: aimedStops.sort(),
  };
};
