import { describe, expect, it } from 'vitest';
import { findData } from '../../testing/beside-the-project.ts';
import { createPolicy, defaultPolicy, type PolicySettings } from '../policy/index.ts';
import { createRandom } from '../random/index.ts';
import { crossFitRewards, type DecisionLog, evaluatePolicy } from './index.ts';

const text = findData('digits/digits.csv.gz');
const FEATURES = 65;

const readDigits = (csv: string) => {
  const [, ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const values = line.split(',').map(Number);
    const context = Float64Array.from({ length: FEATURES }, (_, i) =>
      i < 64 ? (values[i] as number) / 16 : 1,
    );
    return { context, label: values[64] as number };
  });
};

/** One pass: what a policy decided while it learned, image by image. */
const logOf = (settings: PolicySettings, seed: number) => {
  const digits = readDigits(text ?? '');
  const policy = createPolicy(
    settings,
    Array.from({ length: 10 }, (_, key) => ({ key: String(key) })),
  );
  const random = createRandom(seed);
  const order = random.shuffle(digits);
  const log = {
    actionCount: 10,
    actions: new Int32Array(order.length),
    rewards: new Float64Array(order.length),
    propensities: new Float64Array(order.length),
  } satisfies DecisionLog;
  const contexts = new Float64Array(order.length * FEATURES);
  order.forEach(({ context, label }, i) => {
    const { action, propensity } = policy.decide({ context }, random);
    const reward = Number(action) === label ? 1 : 0;
    policy.learn({ action, context, reward });
    log.actions[i] = Number(action);
    log.rewards[i] = reward;
    log.propensities[i] = propensity;
    contexts.set(context, i * FEATURES);
  });
  return {
    policy,
    order,
    log,
    contexts,
    loss: 1 - log.rewards.reduce((sum, r) => sum + r, 0) / order.length,
  };
};

describe.runIf(text)('digits, one pass', () => {
  it('LinUCB and the default policy learn, by what one pass shows', () => {
    const linUcb: PolicySettings = { ...defaultPolicy(FEATURES), floor: 0 };
    expect(logOf(linUcb, 1).loss).toBeLessThan(0.2);
    const { loss, policy, log } = logOf(defaultPolicy(FEATURES), 1);
    expect(loss).toBeLessThan(0.25);
    expect(Math.min(...log.propensities)).toBeGreaterThanOrEqual(0.005);
    expect(policy.check().verdict).toBe('consistent');
    expect(policy.health().drifted).toBe(0);
  });

  it('the value of another policy is known from the log of one that learned, with the truth inside', () => {
    // A floor of 0.02: with 0.005 one pass leaves too little of the other actions, and is refused.
    const { log, contexts, order } = logOf({ ...defaultPolicy(FEATURES), floor: 0.02 }, 2);
    const other = logOf({ ...defaultPolicy(FEATURES), floor: 0.05 }, 3).policy;
    const target = new Float64Array(order.length * 10);
    let truth = 0;
    order.forEach(({ context, label }, i) => {
      const { propensities } = other.propensities({ context });
      target.set(propensities, i * 10);
      truth += (propensities[label] as number) / order.length;
    });
    const predictions = crossFitRewards(log, { features: FEATURES, contexts });
    const found = evaluatePolicy({ log, target, predictions, rewardRange: [0, 1] });
    if (found.kind !== 'evaluated') throw new Error(JSON.stringify(found));
    for (const { method, interval, estimand } of found.estimates) {
      if (method === 'dm' || estimand === 'shrunk') continue;
      if (interval.kind !== 'interval') throw new Error(interval.reason);
      expect(interval.low).toBeLessThan(truth);
      expect(interval.high).toBeGreaterThan(truth);
    }
    expect(Math.abs(found.preferred.value - truth)).toBeLessThan(0.06);
  });
});
