import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createRandom, type Random } from '../random/index.ts';
import { chiSquareTail } from '../special/index.ts';
import {
  createGaussianArm,
  createPolicy,
  createSupport,
  defaultPolicy,
  fillSupport,
  loadPolicy,
  type Policy,
  type PolicySettings,
  type PolicyState,
} from './index.ts';

const keys = (count: number) => Array.from({ length: count }, (_, k) => ({ key: `a${k}` }));
const rules: readonly PolicySettings['rule'][] = [
  { kind: 'epsilon_greedy', epsilon: 0.1 },
  { kind: 'thompson' },
  { kind: 'lin_ucb', alpha: 1 },
  { kind: 'square_cb', gamma: 5 },
];
const models: readonly PolicySettings['model'][] = [
  { kind: 'beta' },
  { kind: 'linear', features: 3 },
  { kind: 'logistic', features: 3 },
];
const everySettings: PolicySettings[] = rules.flatMap((rule) =>
  models.map((model) => ({ rule, model, floor: 0.02 })),
);

const contextOf = (random: Random): Float64Array => Float64Array.of(1, random.normal(), random.normal());

/** Action k pays with a probability that depends on the context; the same for everybody who calls it. */
const payOf = (action: string, context: Float64Array, random: Random): number =>
  random.chance(1 / (1 + Math.exp(-((context[1] as number) * (Number(action.slice(1)) - 1))))) ? 1 : 0;

const play = (policy: Policy, random: Random, rounds: number): void => {
  for (let i = 0; i < rounds; i++) {
    const context = contextOf(random);
    const { action } = policy.decide({ context }, random);
    policy.learn({ action, context, reward: payOf(action, context, random) });
  }
};

const json = (state: PolicyState): PolicyState => JSON.parse(JSON.stringify(state)) as PolicyState;

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isEngineError(error)) return error.code;
    throw error;
  }
  return 'no error';
};

describe('decisions', () => {
  it.each(everySettings)(
    'have probabilities over the allowed actions: $rule.kind, $model.kind',
    (settings) => {
      const policy = createPolicy(settings, keys(5));
      const random = createRandom('allowed');
      fc.assert(
        fc.property(fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }), (open) => {
          const context = contextOf(random);
          const decision = policy.decide({ context, allowed: open.map((k) => `a${k}`) }, random);
          expect(decision.allowed).toEqual(open.map((k) => `a${k}`));
          expect(decision.propensities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
          for (const p of decision.propensities) expect(p).toBeGreaterThanOrEqual(decision.floor);
          expect(decision.propensity).toBe(decision.propensities[decision.allowed.indexOf(decision.action)]);
          expect(decision.forced).toBe(open.length === 1);
          expect(decision.certificate.kind).toBe(settings.rule.kind === 'thompson' ? 'certified' : 'exact');
          policy.learn({ action: decision.action, context, reward: payOf(decision.action, context, random) });
        }),
        { numRuns: 40 },
      );
      expect(policy.check().verdict).toBe('consistent');
    },
  );

  it('are drawn with the probabilities that are said (chi-square, 20,000 draws)', () => {
    const policy = createPolicy(
      { ...defaultPolicy(3), rule: { kind: 'square_cb', gamma: 10 }, floor: 0.02 },
      keys(4),
    );
    const random = createRandom('chi');
    play(policy, random, 60);
    const context = Float64Array.of(1, 0.2, -0.2);
    const { propensities } = policy.propensities({ context });
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const { action } = policy.decide({ context }, random);
      counts.set(action, (counts.get(action) ?? 0) + 1);
    }
    let statistic = 0;
    propensities.forEach((p, k) => {
      statistic += ((counts.get(`a${k}`) ?? 0) - 20_000 * p) ** 2 / (20_000 * p);
    });
    expect(chiSquareTail(statistic, 3)).toBeGreaterThan(0.001);
  });

  it('learn which action is right in which context', () => {
    for (const rule of rules) {
      const policy = createPolicy({ rule, model: { kind: 'logistic', features: 3 }, floor: 0.01 }, keys(3));
      play(policy, createRandom('learns'), 1500);
      const high = policy.propensities({ context: Float64Array.of(1, 2.5, 0) });
      const low = policy.propensities({ context: Float64Array.of(1, -2.5, 0) });
      expect(high.propensities[2]).toBeGreaterThan(0.6);
      expect(low.propensities[0]).toBeGreaterThan(0.6);
    }
  });

  it('LinUCB takes the highest of mean + alpha sd, though it does not compute all of them', () => {
    const features = 6;
    const policy = createPolicy(
      { rule: { kind: 'lin_ucb', alpha: 1 }, model: { kind: 'linear', features }, floor: 0 },
      [...keys(7), { key: 'a7', prior: { precision: [9, 1, 2, 3, 1, 0.5] } }],
    );
    const random = createRandom('highest');
    for (let i = 0; i < 300; i++) {
      const context = Float64Array.from({ length: features }, () =>
        random.chance(0.3) ? 0 : random.normal(),
      );
      const { action } = policy.decide({ context }, random);
      policy.learn({
        action,
        context,
        reward: random.normal(Number(action.slice(1)) * (context[0] as number), 0.3),
      });
      if (i % 3 !== 0) continue;
      const support = fillSupport(createSupport(features), context);
      const sd = policy.health().noiseSd;
      const scores = policy.save().actions.map(({ total, prior }) => {
        const sums = [Float64Array.from(total)];
        if (!('precision' in prior)) throw new Error('a Gaussian prior is needed');
        const arm = createGaussianArm(features, { prior, targets: () => sums });
        arm.rebuild();
        return arm.meanAt(support) + sd * Math.sqrt(arm.formAt(support));
      });
      const { propensities } = policy.propensities({ context });
      const most = Math.max(...scores);
      scores.forEach((score, k) => expect((propensities[k] as number) > 0).toBe(score > most - 1e-12));
    }
  });

  it('start from priors', () => {
    const policy = createPolicy({ rule: { kind: 'thompson' }, model: { kind: 'beta' }, floor: 0 }, [
      { key: 'known', prior: { successes: 60, failures: 40 } },
      { key: 'weak', prior: { successes: 10, failures: 90 } },
    ]);
    expect(policy.propensities({}).propensities[0]).toBeGreaterThan(0.999);
  });

  it('refuse wrong input by name', () => {
    const policy = createPolicy(defaultPolicy(3), keys(2));
    const random = createRandom(1);
    const context = Float64Array.of(1, 0, 0);
    expect(codeOf(() => policy.decide({ context, allowed: [] }, random))).toBe('no_actions');
    expect(codeOf(() => policy.decide({ context, allowed: ['b'] }, random))).toBe('unknown_key');
    expect(codeOf(() => policy.decide({}, random))).toBe('length_mismatch');
    expect(codeOf(() => policy.decide({ context: Float64Array.of(1) }, random))).toBe('length_mismatch');
    expect(codeOf(() => policy.decide({ context: Float64Array.of(1, Number.NaN, 0) }, random))).toBe('nan');
    expect(codeOf(() => policy.learn({ action: 'a0', context, reward: Number.NaN }))).toBe('nan');
    expect(codeOf(() => policy.learn({ action: 'a0', context, reward: Infinity }))).toBe('not_finite');
    expect(codeOf(() => policy.learn({ action: 'a0', context, reward: 1e200 }))).toBe('out_of_range');
    expect(codeOf(() => policy.decide({ context: Float64Array.of(1, 1e200, 0) }, random))).toBe(
      'out_of_range',
    );
    const beta = createPolicy({ rule: { kind: 'thompson' }, model: { kind: 'beta' } }, keys(2));
    expect(codeOf(() => beta.learn({ action: 'a0', reward: 2 }))).toBe('out_of_range');
    expect(codeOf(() => createPolicy(defaultPolicy(3), [...keys(1), ...keys(1)]))).toBe('repeated_unit');
    expect(codeOf(() => createPolicy({ ...defaultPolicy(3), floor: 1 }, keys(1)))).toBe('out_of_range');
    expect(
      codeOf(() => createPolicy({ ...defaultPolicy(3), forget: { kind: 'discount', keep: 0 } }, keys(1))),
    ).toBe('out_of_range');
    expect(codeOf(() => policy.takeUpdate())).toBe('not_mergeable');
  });
});

describe('the running check of draws', () => {
  it('stays quiet for a right policy and breaks for one whose probabilities are not those of its draws', () => {
    const random = createRandom('check');
    const policy = createPolicy({ ...defaultPolicy(3), floor: 0.05 }, keys(4));
    play(policy, random, 2000);
    expect(policy.check(0.05).verdict).toBe('consistent');
    // A generator that favours the first action by a tenth of what it should get.
    const skewed = { uniform: () => random.uniform() ** 1.15 };
    const broken = createPolicy(
      { rule: { kind: 'epsilon_greedy', epsilon: 1 }, model: { kind: 'beta' } },
      keys(4),
    );
    for (let i = 0; i < 6000; i++) broken.decide({}, skewed);
    expect(broken.check().verdict).toBe('broken');
    expect(broken.check().actions.a0?.z).toBeGreaterThan(4);
  });

  it('alarms in at most the promised share of right policies, looked at all the time', () => {
    let alarms = 0;
    for (let run = 0; run < 150; run++) {
      const random = createRandom(run, 'looked at');
      const policy = createPolicy(
        { rule: { kind: 'epsilon_greedy', epsilon: 0.3 }, model: { kind: 'beta' } },
        keys(3),
      );
      for (let i = 0; i < 300; i++) {
        policy.decide({}, random);
        if (i % 20 === 0 && policy.check(0.1).verdict === 'broken') {
          alarms++;
          break;
        }
      }
    }
    // 0.1 with a Monte-Carlo error of 0.025 for 150 runs.
    expect(alarms / 150).toBeLessThan(0.1 + 0.05);
  });
});

describe('actions that come and go', () => {
  it('never draws a retired one, and knows it when it returns', () => {
    const policy = createPolicy(
      { rule: { kind: 'thompson' }, model: { kind: 'beta' }, floor: 0.01 },
      keys(2),
    );
    const random = createRandom('come and go');
    for (let i = 0; i < 200; i++) policy.learn({ action: 'a0', reward: 1 });
    policy.retireAction('a0');
    expect(policy.propensities({}).allowed).toEqual(['a1']);
    expect(policy.decide({ allowed: ['a0', 'a1'] }, random).action).toBe('a1');
    policy.learn({ action: 'a0', reward: 1 });
    policy.addAction({ key: 'a2', prior: policy.pooledPrior() });
    expect(policy.propensities({}).allowed).toEqual(['a1', 'a2']);
    policy.addAction({ key: 'a0' });
    expect(policy.propensities({}).propensities[0]).toBeGreaterThan(0.9);
    expect(policy.health().actions[0]).toEqual({ key: 'a0', active: true, rounds: 201, meanReward: 1 });
    expect(codeOf(() => policy.retireAction('none'))).toBe('unknown_key');
  });
});

describe('caps on how fast shares move', () => {
  it('keep the averages of a period within the cap of the period before, at every moment', () => {
    const policy = createPolicy(
      { rule: { kind: 'epsilon_greedy', epsilon: 0.1 }, model: { kind: 'beta' }, floor: 0.01, shareCap: 0.1 },
      keys(3),
    );
    const random = createRandom('cap');
    for (let i = 0; i < 100; i++) policy.decide({}, random);
    policy.closePeriod();
    let before = [1 / 3, 1 / 3, 1 / 3];
    for (let period = 0; period < 8; period++) {
      const sums = [0, 0, 0];
      for (let i = 1; i <= 100; i++) {
        const { propensities, action } = policy.decide({}, random);
        propensities.forEach((p, k) => {
          sums[k] = (sums[k] as number) + p;
          expect(Math.abs(sums[k] / i - (before[k] as number))).toBeLessThan(0.1 + 1e-9);
        });
        policy.learn({ action, reward: action === 'a2' ? 1 : 0 });
      }
      before = sums.map((sum) => sum / 100);
      policy.closePeriod();
    }
    expect(before[2]).toBeGreaterThan(0.9);
    policy.addAction({ key: 'new', prior: { successes: 1000, failures: 1 } });
    const first = policy.decide({}, random);
    expect(first.propensities[3]).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(first.capped).toBe('yes');
  });
});

describe('forgetting', () => {
  const changed = (forget: NonNullable<PolicySettings['forget']>): number => {
    const policy = createPolicy(
      {
        rule: { kind: 'epsilon_greedy', epsilon: 0 },
        model: { kind: 'linear', features: 1 },
        floor: 0,
        forget,
      },
      keys(2),
    );
    const context = Float64Array.of(1);
    const teach = (rewards: readonly [number, number]): void => {
      for (let day = 0; day < 10; day++) {
        for (let i = 0; i < 50; i++) {
          policy.learn({ action: 'a0', context, reward: rewards[0] });
          policy.learn({ action: 'a1', context, reward: rewards[1] });
        }
        policy.closePeriod();
      }
    };
    teach([1, 0]);
    teach([0.3, 0.6]);
    return policy.propensities({ context }).propensities[1] as number;
  };

  it('follows a world that changed, by discount or by window; remembers it otherwise', () => {
    expect(changed({ kind: 'nothing' })).toBe(0);
    expect(changed({ kind: 'discount', keep: 0.7 })).toBe(1);
    expect(changed({ kind: 'window', periods: 4 })).toBe(1);
  });

  it('a window is what a policy knows that saw only those periods', () => {
    const settings: PolicySettings = {
      ...defaultPolicy(3),
      rule: { kind: 'thompson' },
      model: { kind: 'linear', features: 3, noise: 0.25 },
    };
    const windowed = createPolicy({ ...settings, forget: { kind: 'window', periods: 2 } }, keys(2));
    const recent = createPolicy(settings, keys(2));
    const random = createRandom('window');
    for (let period = 0; period < 5; period++) {
      for (let i = 0; i < 30; i++) {
        const round = { action: `a${i % 2}`, context: contextOf(random), reward: random.normal() };
        windowed.learn(round);
        if (period >= 3) recent.learn(round);
      }
      if (period < 4) windowed.closePeriod();
    }
    const context = Float64Array.of(1, 0.4, -1);
    const known = recent.propensities({ context }).propensities;
    windowed
      .propensities({ context })
      .propensities.forEach((p, k) => expect(p).toBeCloseTo(known[k] as number, 9));
  });
});

describe('state', () => {
  it.each(everySettings)('goes on after JSON exactly as before: $rule.kind, $model.kind', (settings) => {
    const policy = createPolicy(
      { ...settings, shareCap: 0.3, forget: { kind: 'window', periods: 3 } },
      keys(4),
    );
    play(policy, createRandom('before'), 60);
    policy.closePeriod();
    play(policy, createRandom('between'), 60);
    const copy = loadPolicy(json(policy.save()));
    const [one, two] = [createRandom('after'), createRandom('after')];
    play(policy, one, 40);
    play(copy, two, 40);
    expect(json(copy.save())).toEqual(json(policy.save()));
  });

  it('of another version is refused', () => {
    const state = createPolicy(defaultPolicy(2), keys(2)).save();
    expect(codeOf(() => loadPolicy({ ...state, version: 2 } as unknown as PolicyState))).toBe(
      'version_mismatch',
    );
    expect(codeOf(() => loadPolicy({ ...state, format: 'other' } as unknown as PolicyState))).toBe(
      'version_mismatch',
    );
  });
});

describe('several processes', () => {
  const settingsOf = (model: PolicySettings['model']): PolicySettings => ({
    rule: { kind: 'thompson' },
    model,
    floor: 0.01,
  });

  it('add up to one that saw everything', () => {
    for (const model of [
      { kind: 'beta' },
      { kind: 'linear', features: 3, noise: 0.3 },
    ] as const satisfies readonly PolicySettings['model'][]) {
      for (const forget of [
        { kind: 'nothing' },
        { kind: 'discount', keep: 0.8 },
        { kind: 'window', periods: 2 },
      ] as const) {
        const first = createPolicy({ ...settingsOf(model), forget }, keys(3));
        const alone = createPolicy({ ...settingsOf(model), forget }, keys(3));
        const start = json(first.save());
        const workers = ['w1', 'w2'].map((as) => loadPolicy(start, { as }));
        const random = createRandom('workers');
        for (let period = 0; period < 3; period++) {
          for (let i = 0; i < 40; i++) {
            const round = { action: `a${i % 3}`, context: contextOf(random), reward: random.uniform() };
            workers[i % 2]?.learn(round);
            alone.learn(round);
          }
          for (const each of [...workers, first, alone]) each.closePeriod();
        }
        for (const worker of workers) {
          const update = worker.takeUpdate();
          expect(first.merge(update).kind).toBe('merged');
          expect(first.merge(update)).toEqual({ kind: 'already_merged' });
        }
        const context = Float64Array.of(1, -0.2, 0.7);
        const known = alone.propensities({ context }).propensities;
        first
          .propensities({ context })
          .propensities.forEach((p, k) => expect(p).toBeCloseTo(known[k] as number, 9));
      }
    }
  });

  it('start again from the first one, and notice what is missing or does not fit', () => {
    const first = createPolicy(settingsOf({ kind: 'beta' }), keys(2));
    const worker = loadPolicy(json(first.save()), { as: 'w' });
    const random = createRandom('again');
    play(worker, random, 30);
    const one = worker.takeUpdate();
    play(worker, random, 30);
    const two = worker.takeUpdate();
    expect(first.merge(two)).toEqual({ kind: 'missing_before', expected: 1 });
    expect(first.merge(one)).toEqual({ kind: 'merged', tooOld: 0 });
    expect(first.merge(two).kind).toBe('merged');
    expect(first.check().actions).toEqual(worker.check().actions);
    const again = loadPolicy(json(first.save()), { as: 'w' });
    play(again, random, 10);
    const three = again.takeUpdate();
    expect(three.sequence).toBe(3);
    expect(first.merge(three).kind).toBe('merged');
    expect(first.health().actions.reduce((sum, { rounds }) => sum + rounds, 0)).toBe(70);
    expect(
      codeOf(() => createPolicy({ ...settingsOf({ kind: 'beta' }), floor: 0.2 }, keys(2)).merge(three)),
    ).toBe('not_mergeable');
    expect(codeOf(() => createPolicy(settingsOf({ kind: 'beta' }), keys(1)).merge(three))).toBe(
      'unknown_key',
    );
  });

  it('of a logistic model, come close to one that saw everything', () => {
    const settings = settingsOf({ kind: 'logistic', features: 3 });
    const first = createPolicy(settings, keys(1));
    const alone = createPolicy(settings, keys(1));
    const workers = ['w1', 'w2'].map((as) => loadPolicy(json(first.save()), { as }));
    const random = createRandom('logistic workers');
    for (let i = 0; i < 2000; i++) {
      const context = contextOf(random);
      const round = { action: 'a0', context, reward: payOf('a2', context, random) };
      workers[i % 2]?.learn(round);
      alone.learn(round);
    }
    for (const worker of workers) first.merge(worker.takeUpdate());
    const [found, known] = [first, alone].map((policy) => policy.pooledPrior());
    const means = [found, known].map((prior) =>
      prior && 'mean' in prior ? Array.from(prior.mean ?? []) : [],
    );
    means[0]?.forEach((value, i) => expect(Math.abs(value - (means[1]?.[i] ?? 0))).toBeLessThan(0.1));
  });
});
