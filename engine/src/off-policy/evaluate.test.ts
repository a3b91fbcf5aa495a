import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createPolicy } from '../policy/index.ts';
import { createRandom, type Random } from '../random/index.ts';
import {
  boundedInterval,
  constrainTarget,
  crossFitRewards,
  type DecisionLog,
  type Evaluation,
  evaluatePolicy,
  scoreMethod,
  uniformTarget,
  usedRows,
  weightsOf,
} from './index.ts';

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isEngineError(error)) return error.code;
    throw error;
  }
  return 'no error';
};

const reasonsOf = (found: Evaluation): readonly string[] =>
  found.kind === 'refused' ? found.reasons.map(({ reason }) => reason) : [];

interface World {
  readonly log: DecisionLog;
  readonly contexts: Float64Array;
  /** Value of always taking action 1. */
  readonly truth: number;
}

const chance = (action: number, x: number): number => 0.2 + 0.15 * action + 0.1 * x;

/** Two actions, a context in [-1, 1]; logged by a fixed policy with p(1) = 0.3 or by a bandit that learns from it. */
const worldOf = (
  random: Random,
  { rows, adaptive, perPerson = 1 }: { rows: number; adaptive: boolean; perPerson?: number },
): World => {
  const policy = createPolicy(
    { rule: { kind: 'epsilon_greedy', epsilon: 0.2 }, model: { kind: 'beta' }, floor: 0.05 },
    [{ key: '0' }, { key: '1' }],
  );
  const actions = new Int32Array(rows);
  const rewards = new Float64Array(rows);
  const propensities = new Float64Array(rows);
  const contexts = new Float64Array(rows);
  const people = new Int32Array(rows);
  let person = 0;
  let truth = 0;
  let trait = 0;
  for (let i = 0; i < rows; i++) {
    if (i % perPerson === 0) {
      person++;
      trait = perPerson > 1 ? random.between(-1, 1) : 0;
    }
    people[i] = person;
    const x = perPerson > 1 ? trait : random.between(-1, 1);
    const decision = adaptive
      ? policy.decide({}, random)
      : { action: random.chance(0.3) ? '1' : '0', propensity: 0 };
    const action = Number(decision.action);
    const reward = random.chance(chance(action, x)) ? 1 : 0;
    if (adaptive) policy.learn({ action: decision.action, reward });
    actions[i] = action;
    rewards[i] = reward;
    propensities[i] = adaptive ? decision.propensity : action === 1 ? 0.3 : 0.7;
    contexts[i] = x;
    truth += chance(1, x) / rows;
  }
  return { log: { actionCount: 2, actions, rewards, propensities, people }, contexts, truth };
};

const alwaysOne = ({ rewards }: DecisionLog): Float64Array =>
  Float64Array.from({ length: rewards.length * 2 }, (_, i) => i % 2);

describe('estimates', () => {
  it('of the logging policy itself are the mean reward', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -5, max: 5 })), { minLength: 200, maxLength: 300 }),
        (rows) => {
          const log: DecisionLog = {
            actionCount: 4,
            actions: rows.map(([action]) => action),
            rewards: Float64Array.from(rows, ([, reward]) => reward),
            propensities: new Float64Array(rows.length).fill(0.25),
          };
          const found = evaluatePolicy({ log, target: uniformTarget(log), rules: { missingSupport: 1 } });
          if (found.kind !== 'evaluated') throw new Error(JSON.stringify(found));
          const mean = log.rewards.reduce((a, b) => a + b, 0) / rows.length;
          for (const { value, overLogged } of found.estimates) {
            expect(value).toBeCloseTo(mean, 10);
            expect(overLogged.value).toBeCloseTo(0, 10);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('do not depend on the order of the rows, nor SNIPS on the unit', () => {
    const { log } = worldOf(createRandom('order'), { rows: 300, adaptive: false });
    const order = createRandom('turn').shuffle(Array.from({ length: 300 }, (_, i) => i));
    const turned: DecisionLog = {
      actionCount: 2,
      actions: order.map((i) => log.actions[i] as number),
      rewards: Float64Array.from(order, (i) => 100 + 1e6 * (log.rewards[i] as number)),
      propensities: Float64Array.from(order, (i) => log.propensities[i] as number),
    };
    const scored = (each: DecisionLog) =>
      scoreMethod(
        { kind: 'snips' },
        { weights: weightsOf(each, alwaysOne(each), usedRows(each)), rewards: each.rewards },
      );
    expect(scored(turned).value).toBeCloseTo(100 + 1e6 * scored(log).value, 6);
  });

  it('come nearer with a model, and their intervals shrink with the rows', () => {
    const widths: number[][] = [];
    for (const rows of [1000, 16_000]) {
      const { log, contexts, truth } = worldOf(createRandom('shrink'), { rows, adaptive: false });
      const predictions = crossFitRewards(log, { features: 1, contexts, fitting: 'people' });
      const found = evaluatePolicy({ log, target: alwaysOne(log), predictions, rewardRange: [0, 1], tau: 3 });
      if (found.kind !== 'evaluated') throw new Error(JSON.stringify(found));
      const byName = new Map(found.estimates.map((each) => [each.method, each]));
      expect([...byName.keys()]).toEqual([
        'ips',
        'snips',
        'clipped',
        'dm',
        'dr',
        'sndr',
        'clipped_dr',
        'switch_dr',
      ]);
      expect(byName.get('dm')?.interval).toEqual({ kind: 'none', reason: 'model_error_unknown' });
      expect(byName.get('clipped')?.estimand).toBe('policy_value');
      expect(byName.get('switch_dr')?.estimand).toBe('shrunk');
      const width = (name: 'ips' | 'snips' | 'dr'): number => {
        const interval = byName.get(name)?.interval;
        if (interval?.kind !== 'interval') throw new Error('no interval');
        expect(interval.low).toBeLessThan(truth);
        expect(interval.high).toBeGreaterThan(truth);
        return interval.high - interval.low;
      };
      expect(width('dr')).toBeLessThan(width('ips'));
      expect(found.bounded?.low).toBeLessThan(truth);
      expect(found.bounded?.high).toBeGreaterThan(truth);
      widths.push([width('ips'), width('snips'), width('dr')]);
    }
    widths[0]?.forEach((wide, i) => expect(wide / (widths[1]?.[i] as number)).toBeGreaterThan(3.3));
  });
});

describe('large numbers', () => {
  it('lose nothing: rewards around 10¹² have the spread of their small part', () => {
    const { log } = worldOf(createRandom('large'), { rows: 2000, adaptive: false });
    const errorOf = (rewards: Float64Array): number => {
      const found = evaluatePolicy({ log: { ...log, rewards }, target: alwaysOne(log) });
      if (found.kind !== 'evaluated' || found.preferred.interval.kind !== 'interval')
        throw new Error('refused');
      return found.preferred.interval.standardError;
    };
    const small = errorOf(log.rewards);
    expect(Math.abs(errorOf(log.rewards.map((reward) => 1e12 + reward)) / small - 1)).toBeLessThan(1e-3);
  });
});

describe('intervals', () => {
  const misses = (
    runs: number,
    settings: { readonly rows: number; readonly adaptive: boolean; readonly perPerson?: number },
    answer: { readonly adaptive: boolean; readonly byRow?: boolean },
  ) => {
    const missed = { dr: 0, snips: 0, bounded: 0 };
    for (let run = 0; run < runs; run++) {
      const world = worldOf(createRandom(run, JSON.stringify(settings)), settings);
      const { people: _, ...withoutPeople } = world.log;
      const log = answer.byRow ? withoutPeople : world.log;
      const predictions = crossFitRewards(log, { features: 1, contexts: world.contexts });
      const found = evaluatePolicy({
        log,
        target: alwaysOne(log),
        predictions,
        rewardRange: [0, 1],
        interval: { adaptive: answer.adaptive },
        rules: { minimumEss: 1, largestShare: 1, meanWeightErrors: 100 },
      });
      if (found.kind !== 'evaluated') throw new Error(JSON.stringify(found));
      for (const name of ['dr', 'snips'] as const) {
        const interval = found.estimates.find(({ method }) => method === name)?.interval;
        // With people who differ the question is about the people to come: mean chance of action 1 is 0.35.
        const truth = settings.perPerson ? 0.35 : world.truth;
        if (interval?.kind !== 'interval' || truth < interval.low || truth > interval.high) missed[name]++;
      }
      if (!found.bounded || world.truth < found.bounded.low || world.truth > found.bounded.high)
        missed.bounded++;
    }
    return missed;
  };

  it('cover in the log of a bandit that learned from it (200 runs)', () => {
    const found = misses(200, { rows: 400, adaptive: true }, { adaptive: true });
    // 0.05 allowed; the Monte-Carlo error of 200 runs is 0.015.
    expect(found.dr / 200).toBeLessThanOrEqual(0.05 + 0.03);
    expect(found.snips / 200).toBeLessThanOrEqual(0.05 + 0.03);
    expect(found.bounded / 200).toBeLessThanOrEqual(0.05);
  });

  it('of a fixed policy miss about as often as they say (300 runs)', () => {
    const found = misses(300, { rows: 400, adaptive: false }, { adaptive: false });
    for (const missed of [found.dr, found.snips]) {
      expect(missed / 300).toBeGreaterThan(0.01);
      expect(missed / 300).toBeLessThan(0.05 + 0.04);
    }
  });

  it('know that a person’s rows go together', () => {
    const settings = { rows: 600, adaptive: false, perPerson: 20 };
    const clustered = misses(150, settings, { adaptive: false });
    const byRow = misses(150, settings, { adaptive: false, byRow: true });
    expect(clustered.snips / 150).toBeLessThan(0.05 + 0.06);
    expect(byRow.snips).toBeGreaterThanOrEqual(clustered.snips);
  });

  it('that hold at every size are wide, and stay inside the range', () => {
    const none = boundedInterval({ weights: new Float64Array(50).fill(1), rewards: new Float64Array(50) });
    expect(none.low).toBe(0);
    expect(none.high).toBeGreaterThan(0.05);
    expect(none.high).toBeLessThan(0.35);
    const money = boundedInterval(
      { weights: new Float64Array(5000).fill(1), rewards: new Float64Array(5000).fill(30) },
      { range: [10, 110] },
    );
    expect(money.low).toBeGreaterThan(25);
    expect(money.high).toBeLessThan(35);
    expect(codeOf(() => boundedInterval({ weights: Float64Array.of(1), rewards: Float64Array.of(2) }))).toBe(
      'out_of_range',
    );
  });

  it('are not given where nothing varies', () => {
    const rows = 400;
    const log: DecisionLog = {
      actionCount: 2,
      actions: Array.from({ length: rows }, (_, i) => i % 2),
      rewards: new Float64Array(rows),
      propensities: new Float64Array(rows).fill(0.5),
    };
    const found = evaluatePolicy({ log, target: uniformTarget(log) });
    if (found.kind !== 'evaluated') throw new Error('refused');
    expect(found.preferred.interval).toEqual({ kind: 'none', reason: 'no_spread' });
  });
});

describe('refusals', () => {
  const random = createRandom('refusals');
  const { log } = worldOf(random, { rows: 500, adaptive: false });
  const rows = log.rewards.length;

  it('name what the log does not show', () => {
    const third = { ...log, actionCount: 3 };
    const target = Float64Array.from({ length: rows * 3 }, (_, i) => [0.4, 0.4, 0.2][i % 3] as number);
    expect(reasonsOf(evaluatePolicy({ log: third, target }))).toContain('missing_support');
    const small = worldOf(random, { rows: 60, adaptive: false }).log;
    expect(reasonsOf(evaluatePolicy({ log: small, target: alwaysOne(small) }))).toContain('small_ess');
    const wrong = { ...log, propensities: log.propensities.map((p) => p / 2) };
    expect(reasonsOf(evaluatePolicy({ log: wrong, target: alwaysOne(wrong) }))).toContain(
      'mean_weight_not_one',
    );
    const rare = { ...log, propensities: log.propensities.slice() };
    rare.propensities[(log.actions as Int32Array).indexOf(1)] = 1e-4;
    expect(reasonsOf(evaluatePolicy({ log: rare, target: alwaysOne(rare) }))).toContain('one_row_dominates');
    const logging = Float64Array.from({ length: rows * 2 }, (_, i) => (i % 2 === 1 && i < 200 ? 0 : 0.5));
    expect(reasonsOf(evaluatePolicy({ log: { ...log, logging }, target: alwaysOne(log) }))).toContain(
      'missing_support',
    );
    const onePerson = {
      ...log,
      people: Array.from({ length: rows }, (_, i) => (i < 480 ? 'loud' : `p${i}`)),
    };
    expect(reasonsOf(evaluatePolicy({ log: onePerson, target: alwaysOne(log) }))).toContain('small_ess');
    const forced = { ...log, forced: new Uint8Array(rows).fill(1) };
    expect(reasonsOf(evaluatePolicy({ log: forced, target: alwaysOne(log) }))).toEqual(['no_rows']);
  });

  it('hold both sides to the same constraints, and leave forced choices out', () => {
    // In every fifth row only the action taken was allowed.
    const allowed = new Uint8Array(rows * 2).fill(1);
    for (let i = 0; i < rows; i += 5) allowed[i * 2 + (1 - (log.actions[i] as number))] = 0;
    const constrained = { ...log, allowed };
    const target = constrainTarget(alwaysOne(log), constrained);
    const found = evaluatePolicy({ log: constrained, target });
    expect(found.overlap.forced).toBe(100);
    expect(found.overlap.rows).toBe(400);
    const three: DecisionLog = {
      actionCount: 3,
      actions: log.actions,
      rewards: log.rewards,
      propensities: log.propensities,
      allowed: Uint8Array.from({ length: rows * 3 }, (_, i) => (i % 3 === 2 ? 0 : 1)),
    };
    const outside = Float64Array.from({ length: rows * 3 }, (_, i) => [0.25, 0.25, 0.5][i % 3] as number);
    expect(reasonsOf(evaluatePolicy({ log: three, target: outside }))).toContain('outside_constraints');
    expect(reasonsOf(evaluatePolicy({ log: three, target: constrainTarget(outside, three) }))).toEqual([]);
  });

  it('are not for wrong input, which is thrown by name', () => {
    const target = alwaysOne(log);
    const evaluate = (changes: Partial<DecisionLog>, other = target) =>
      codeOf(() => evaluatePolicy({ log: { ...log, ...changes }, target: other }));
    expect(evaluate({ propensities: log.propensities.map(() => 0) })).toBe('propensity_out_of_range');
    expect(evaluate({ propensities: log.propensities.map(() => 1.5) })).toBe('propensity_out_of_range');
    expect(evaluate({ propensities: log.propensities.map(() => Number.NaN) })).toBe('nan');
    expect(evaluate({ rewards: log.rewards.map(() => Number.NaN) })).toBe('nan');
    expect(evaluate({ actions: Array.from({ length: rows }, () => 7) })).toBe('unknown_key');
    expect(evaluate({ actions: [0] })).toBe('length_mismatch');
    expect(evaluate({ rewards: new Float64Array(0) })).toBe('empty_input');
    expect(
      evaluate(
        {},
        target.map((p) => p * 0.9),
      ),
    ).toBe('weights_do_not_sum');
    expect(
      evaluate(
        {},
        target.map((p, i) => (i % 2 ? 1.5 * p : -0.5)),
      ),
    ).toBe('negative_weight');
    expect(evaluate({ allowed: new Uint8Array(rows * 2) })).toBe('unknown_key');
    expect(
      codeOf(() => scoreMethod({ kind: 'dr' }, { weights: Float64Array.of(1), rewards: Float64Array.of(1) })),
    ).toBe('out_of_range');
    expect(
      codeOf(() =>
        scoreMethod({ kind: 'snips' }, { weights: Float64Array.of(0), rewards: Float64Array.of(1) }),
      ),
    ).toBe('negative_weight');
  });
});

describe('the reward model', () => {
  it('never sees what it predicts: neither the row and later ones, nor the person', () => {
    const { log, contexts } = worldOf(createRandom('leak'), { rows: 120, adaptive: false, perPerson: 4 });
    const changed = { ...log, rewards: log.rewards.slice() };
    for (let i = 80; i < 84; i++) changed.rewards[i] = 50;
    for (const fitting of ['time', 'people'] as const) {
      const before = crossFitRewards(log, { features: 1, contexts, fitting });
      const after = crossFitRewards(changed, { features: 1, contexts, fitting });
      const same = (row: number): boolean =>
        before[row * 2] === after[row * 2] && before[row * 2 + 1] === after[row * 2 + 1];
      if (fitting === 'time') for (let row = 0; row <= 80; row++) expect(same(row)).toBe(true);
      else for (let row = 80; row < 84; row++) expect(same(row)).toBe(true);
      expect(same(119) && same(100) && same(110)).toBe(false);
    }
  });
});
