import {
  capMoney,
  collectMoments,
  type Moments,
  type MomentsCollector,
  moneyCapFrom,
} from '@mesure/engine/experiment';
import type { Random } from '@mesure/engine/random';

/** Adds `people` outcomes to an arm. */
export type Outcome = (random: Random, people: number, arm: MomentsCollector) => void;

/** Cumulative chances of 0, 1, … successes among `people`. */
const binomialTable = (people: number, p: number): Float64Array => {
  const table = new Float64Array(people + 1);
  let logChance = people * Math.log1p(-p);
  let sum = 0;
  for (let k = 0; k <= people; k++) {
    sum += Math.exp(logChance);
    table[k] = sum;
    logChance += Math.log((people - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return table;
};

/** How many of `people` succeed: exact, by inversion, so that hundreds of thousands of people cost little. */
const successes = (p: number): ((random: Random, people: number) => number) => {
  const tables = new Map<number, Float64Array>();
  return (random, people) => {
    const table = tables.get(people) ?? binomialTable(people, p);
    tables.set(people, table);
    const point = random.uniform();
    let [low, high] = [0, people];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((table[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};

export const normal =
  (mean: number): Outcome =>
  (random, people, arm) => {
    for (let i = 0; i < people; i++) arm.add(random.normal(mean));
  };

export const heavyTailed: Outcome = (random, people, arm) => {
  for (let i = 0; i < people; i++) arm.add(random.lognormal(0, 1.5));
};

export const bernoulli = (rate: number): Outcome => {
  const draw = successes(rate);
  return (random, people, arm) => {
    const ones = draw(random, people);
    for (let i = 0; i < ones; i++) arm.add(1);
    arm.addZeros(people - ones);
  };
};

/** Buyers of earlier data, from which each run fixes its own cap. */
const EARLIER_BUYERS = 2000;

/** 5 % buyers × lognormal(1.2), capped at the 99th percentile of an earlier period that is drawn anew for each run. */
export const cappedMoney = (random: Random): Outcome => {
  const draw = buyers;
  const found = moneyCapFrom(Array.from({ length: EARLIER_BUYERS }, () => random.lognormal(3, 1.2)));
  if ('reason' in found) throw new Error(found.reason);
  return (source, people, arm) => {
    const count = draw(source, people);
    for (let i = 0; i < count; i++) arm.add(capMoney(source.lognormal(3, 1.2), found.cap));
    arm.addZeros(people - count);
  };
};
const buyers = successes(0.05);

export interface Arms {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** Two arms that grow look by look: `sizes` people in control and treatment each time. */
export const growingArms = (
  random: Random,
  sizes: readonly [control: number, treatment: number],
  outcomes: readonly [control: Outcome, treatment: Outcome],
): (() => Arms) => {
  const [control, treatment] = [collectMoments(), collectMoments()];
  return () => {
    outcomes[0](random, sizes[0], control);
    outcomes[1](random, sizes[1], treatment);
    return { control: control.result(), treatment: treatment.result() };
  };
};
