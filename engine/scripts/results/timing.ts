// Result tables of @mesure/engine/timing, as Markdown: node engine/scripts/results/timing.ts
// From generated people with known habits, and from Online Retail in ../shared/data beside the project where it is there.
import { createRandom } from '../../src/random/index.ts';
import {
  collectHours,
  decideSlot,
  evaluateTiming,
  fitSlots,
  fitTiming,
  readTiming,
  slotActivity,
  slotEffect,
  type TimingEvaluation,
  type TimingInput,
  type TimingModel,
  type TimingScore,
} from '../../src/timing/index.ts';
import { simulatePeople } from '../../src/timing/simulate/people.ts';
import { respond, simulateResponses } from '../../src/timing/simulate/responses.ts';
import { simulateWeekendBias } from '../../src/timing/simulate/weekend.ts';
import { say, signed, table } from '../print-tables.ts';
import { retailOrders } from './timing/online-retail.ts';

const fitted = (input: TimingInput): TimingModel => {
  const made = fitTiming(input);
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

/** Splits events at an instant, fits on what was before and judges on the rest. */
const held = (input: TimingInput, cutMs: number): TimingEvaluation => {
  const { people, events } = input;
  const take = (keep: (atMs: number) => boolean) => {
    const rows = Uint32Array.from(events.atMs.keys()).filter((k) => keep(events.atMs[k] as number));
    return {
      person: Uint32Array.from(rows, (k) => events.person[k] as number),
      atMs: Float64Array.from(rows, (k) => events.atMs[k] as number),
    };
  };
  const model = fitted({ people, events: take((atMs) => atMs < cutMs) });
  return evaluateTiming(model, collectHours({ people, events: take((atMs) => atMs >= cutMs) }));
};

const historyOf = ([low, high]: readonly [number, number]): string =>
  high === 0 ? '0' : high === Infinity ? (low === 0 ? 'all' : `> ${low - 1}`) : `${low}–${high}`;

const scoreRow = (score: TimingScore): (string | number)[] => {
  const { person, group, population, uniform } = score.logLikelihood;
  const over = score.overPopulation;
  return [
    historyOf(score.history),
    score.people,
    score.events,
    ...[person, group, population, uniform].map((value) => value.toFixed(3)),
    over ? `${signed(over.estimate, 3)} [${signed(over.low, 3)}, ${signed(over.high, 3)}]` : '',
  ];
};

const evaluationTable = (name: string, found: TimingEvaluation): void => {
  say(`**${name}**`);
  say();
  if (found.kind === 'no_answer') {
    say(found.reason);
    return;
  }
  table(
    ['events known', 'people', 'events', 'person', 'group', 'population', 'uniform', 'person − population'],
    [...found.byHistory, found.all].map(scoreRow),
  );
  const tenths = found.calibration.byMass.map(({ estimate }) => (100 * estimate).toFixed(1));
  say(
    `Verdict: \`${found.verdict}\`. Events in each tenth of predicted mass, likeliest hours first, % (10 each when right): ` +
      `${tenths.join(' ')}. Moved between hours of the week: ${(100 * found.calibration.moved).toFixed(1)} %.`,
  );
  say();
};

const PEOPLE = 8000;
const CUT = Date.UTC(2025, 4, 6);

const habitTables = (): void => {
  for (const [name, noise] of [
    ['People with habits (commuters, night owls, weekend only, others; 30 % of events follow none)', 0.3],
    ['People who do not differ', 1],
  ] as const) {
    const sim = simulatePeople({ people: PEOPLE, days: 180, events: 9, seed: 'results', noise });
    evaluationTable(name, held({ people: { count: PEOPLE, zones: ['Europe/Paris'] }, events: sim }, CUT));
  }
};

/** Orders of people by country, learned before June 2011 and judged on June to August. */
const retailTable = (): void => {
  const orders = retailOrders();
  if (!orders) return;
  const customers = [...new Set(orders.map(({ customer }) => customer))].toSorted();
  const at = new Map(customers.map((customer, i) => [customer, i]));
  const events = {
    person: Uint32Array.from(orders, ({ customer }) => at.get(customer) as number),
    atMs: Float64Array.from(orders, ({ atMs }) => atMs),
  };
  // The file's times have no zone; they are the shop's clock.
  const people = { count: customers.length, zones: ['UTC'] };
  evaluationTable(
    'Orders of UCI Online Retail (beside the project): learned December 2010 to May 2011, judged on June to August',
    held({ people, events }, Date.UTC(2011, 5, 1)),
  );
};

/** Campaigns day after day; every fifth day the model learns. */
const runPolicy = (withActivity: boolean, habitMatters: number) => {
  const people = 6000;
  const rounds = 40;
  const slots = 12;
  const sim = simulatePeople({ people, days: 180, events: 9, seed: 'policy' });
  const timing = fitted({ people: { count: people, zones: ['Europe/Paris'] }, events: sim });
  const activity = withActivity ? { activity: slotActivity(timing, slots) } : {};
  const responses = simulateResponses({ habit: sim.habit, slots, seed: 'policy', habitMatters });
  const random = createRandom('policy');
  const n = people * rounds;
  const log = {
    person: new Uint32Array(n),
    day: new Uint8Array(n),
    slot: new Uint8Array(n),
    engaged: new Float64Array(n),
    propensity: new Float64Array(n),
    randomised: new Uint8Array(n),
    personal: new Float64Array(n * slots),
  };
  const upTo = (rows: number) => ({
    person: log.person.subarray(0, rows),
    day: log.day.subarray(0, rows),
    slot: log.slot.subarray(0, rows),
    engaged: log.engaged.subarray(0, rows),
    propensity: log.propensity.subarray(0, rows),
    randomised: log.randomised.subarray(0, rows),
  });
  let model = fitSlots({ people: { count: people }, sends: upTo(0), ...activity });
  let least = 1;
  // Per send, of the last ten rounds (all working days and weekends alike), and of all the rows that were drawn evenly.
  const last = { personal: 0, best: 0, even: 0, fixed: 0, near: 0, sends: 0 };
  const truth = { difference: 0, rows: 0 };
  const naive = { hits: 0, sends: 0, fixedHits: 0, fixedSends: 0 };
  const fixedSlot = bestFixed(responses.chance, slots);
  for (let round = 0; round < rounds; round++) {
    const day = round % 7 < 5 ? 0 : 1;
    for (let u = 0; u < people; u++) {
      const row = round * people + u;
      const found = decideSlot(model, { person: u, day }, { random });
      const y = respond(responses, { person: u, day, slot: found.slot }, random);
      const chance = responses.chance.subarray(u * 24 + day * slots, u * 24 + (day + 1) * slots);
      let personal = 0;
      for (let s = 0; s < slots; s++) {
        const share = found.personal[s] as number;
        personal += share * (chance[s] as number);
        least = Math.min(least, share);
      }
      log.person[row] = u;
      log.day[row] = day;
      log.slot[row] = found.slot;
      log.engaged[row] = y;
      log.propensity[row] = found.propensity;
      log.randomised[row] = found.arm === 'randomised' ? 1 : 0;
      log.personal.set(found.personal, row * slots);
      truth.difference += personal - (chance[fixedSlot] as number);
      truth.rows++;
      if (found.arm === 'personal') {
        naive.hits += y;
        naive.sends++;
        // What a dashboard would show: sends of the policy at the fixed hour against all its sends.
        if (found.slot === fixedSlot) {
          naive.fixedHits += y;
          naive.fixedSends++;
        }
      }
      if (round < rounds - 10) continue;
      const best = Math.max(...chance);
      last.personal += personal;
      last.best += best;
      last.even += chance.reduce((a, b) => a + b, 0) / slots;
      last.fixed += chance[fixedSlot] as number;
      last.near += (chance[found.slot] as number) >= 0.9 * best ? 1 : 0;
      last.sends++;
    }
    if (round % 5 === 4)
      model = fitSlots({ people: { count: people }, sends: upTo((round + 1) * people), ...activity });
  }
  const effect = slotEffect({ slots, ...log }, { fixedSlot, adaptive: false });
  const effectOfAll = slotEffect({ slots, ...log }, { fixedSlot, rows: 'all' });
  return {
    least,
    last,
    truth: truth.difference / truth.rows,
    naive: naive.hits / naive.sends - naive.fixedHits / naive.fixedSends,
    effect,
    effectOfAll,
    model,
  };
};

const bestFixed = (chance: Float64Array, slots: number): number => {
  const sums = new Float64Array(slots);
  chance.forEach((each, at) => {
    if (at % (2 * slots) < slots) sums[at % slots] = (sums[at % slots] as number) + each;
  });
  return sums.indexOf(Math.max(...sums));
};

const effectOf = (effect: ReturnType<typeof slotEffect>): string =>
  effect.kind === 'refused'
    ? `refused: ${effect.reasons[0]?.reason}`
    : `${signed(effect.difference.estimate)} [${signed(effect.difference.low)}, ${signed(effect.difference.high)}]`;

const policyTable = (): void => {
  say(
    '**Send slots**: 6,000 people, 40 sends each, floor .01, 10 % of people drawn evenly, learned every fifth day; last ten days',
  );
  say();
  const rows = (
    [
      ['habits, with what people do as a hint', true, 1],
      ['habits, from sends alone', false, 1],
      ['the hour does not matter, with the hint', true, 0],
    ] as const
  ).map(([name, withActivity, habitMatters]) => {
    const { least, last, truth, naive, effect, effectOfAll } = runPolicy(withActivity, habitMatters);
    const rate = (sum: number): string => (sum / last.sends).toFixed(4);
    return [
      name,
      rate(last.even),
      rate(last.fixed),
      rate(last.personal),
      rate(last.best),
      `${((100 * last.near) / last.sends).toFixed(0)} %`,
      ((last.best - last.personal) / last.sends).toFixed(4),
      least.toFixed(3),
      signed(truth),
      signed(naive),
      effectOf(effect),
      effectOf(effectOfAll),
    ];
  });
  table(
    [
      'people',
      'even',
      'best fixed hour',
      'personal',
      'oracle',
      'sends within 10 % of the best slot',
      'regret per send',
      'least propensity',
      'truth: personal − fixed, 40 days',
      'naive: all sends − those at the fixed hour',
      'even slots, doubly robust',
      'all sends, doubly robust, at all looks',
    ],
    rows,
  );
};

const weekendTable = (): void => {
  say(
    '**The weekend bias**: fixed hour on a working day against each person’s best cell of the week; 12,000 people, 10 sends each',
  );
  say();
  const random = createRandom('weekend people');
  const habit = Uint8Array.from({ length: 12_000 }, () => random.weighted([0, 1, 2, 3], [3, 2, 2, 3]));
  table(
    ['weekend sends do', 'truth, same day', 'naive', 'bias in its errors', 'even slots within the day'],
    [0.4, 0.7, 1, 1.6].map((weekend) => {
      const responses = simulateResponses({ habit, slots: 12, seed: 'weekend', weekend });
      const found = simulateWeekendBias(responses, { fixedSlot: 5, sends: 10, seed: 'weekend' });
      return [
        `${weekend} ×`,
        signed(found.truth),
        `${signed(found.naive)} ± ${found.naiveError.toFixed(4)}`,
        signed((found.naive - found.truth) / found.naiveError, 1),
        effectOf(found.randomised),
      ];
    }),
  );
};

const speedTable = (): void => {
  const people = 200_000;
  const sim = simulatePeople({ people, days: 365, events: 20, seed: 'speed' });
  const seconds = (work: () => unknown): string => {
    const started = performance.now();
    work();
    return `${((performance.now() - started) / 1000).toFixed(2)} s`;
  };
  const input = { people: { count: people, zones: ['Europe/Paris'] }, events: sim };
  const model = fitted(input);
  const reader = readTiming(model);
  const shares = new Float64Array(168);
  const slots = fitSlots({
    people: { count: people },
    sends: { person: [], day: [], slot: [], engaged: [] },
  });
  const random = createRandom('speed');
  say(`**Speed**: ${people.toLocaleString('en')} people, ${sim.person.length.toLocaleString('en')} events`);
  say();
  table(
    ['work', 'time'],
    [
      ['fit', seconds(() => fitted(input))],
      ['168 shares of every person', seconds(() => sim.habit.forEach((_, u) => reader.shares(u, shares)))],
      ['activity in slots of every person', seconds(() => slotActivity(model, 12))],
      [
        '200,000 slots drawn of 12',
        seconds(() => sim.habit.forEach((_, person) => decideSlot(slots, { person, day: 0 }, { random }))),
      ],
    ],
  );
};

say('Mean log-likelihood per held-out event, nats; intervals of 95 % over people.');
say();
habitTables();
retailTable();
policyTable();
weekendTable();
speedTable();
