import { describe, expect, it } from 'vitest';
import { findData, findOracle, type OracleCase } from '../../testing/beside-the-project.ts';
import {
  type DecisionLog,
  evaluatePolicy,
  type Method,
  overlapOf,
  refusalsOf,
  replayValue,
  scoreMethod,
  type Terms,
  uniformTarget,
  usedRows,
  weightsOf,
} from './index.ts';

const close = (found: number, expected: number, relative = 1e-10): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(1e-14, relative * Math.abs(expected)));

/** Their names: ipw, snipw, dm, dr, sndr, ipw_clipped_M, dr_clipped_M, switch_dr_tau_T, dr_os_lambda_L. */
const methodOf = (name: string): Method | undefined => {
  const value = Number(name.split('_').at(-1));
  if (name === 'ipw') return { kind: 'ips' };
  if (name === 'snipw') return { kind: 'snips' };
  if (name === 'dm' || name === 'dr' || name === 'sndr') return { kind: name };
  if (name.startsWith('ipw_clipped')) return { kind: 'clipped', most: value };
  if (name.startsWith('dr_clipped')) return { kind: 'clipped_dr', most: value };
  if (name.startsWith('switch_dr')) return { kind: 'switch_dr', tau: value };
  if (name.startsWith('dr_os')) return { kind: 'dr_os', lambda: value };
  return undefined;
};

const cases = findOracle('off-policy.json');
const inline = cases?.filter(({ input }) => Array.isArray(input.actions));

const inputOf = ({ input }: OracleCase) => {
  const target = (input.action_dist as number[][]).flat();
  const actionCount = (input.action_dist as number[][])[0]?.length ?? 0;
  const log: DecisionLog = {
    actionCount,
    actions: input.actions as number[],
    rewards: Float64Array.from(input.rewards as number[]),
    propensities: Float64Array.from(input.pscore as number[]),
  };
  return {
    log,
    target: Float64Array.from(target),
    predictions: Float64Array.from((input.estimated_rewards as number[][]).flat()),
  };
};

const termsOf = (each: OracleCase): Terms => {
  const { log, target, predictions } = inputOf(each);
  const k = log.actionCount;
  const rows = usedRows(log);
  const row = (values: Float64Array, i: number) => values.subarray(i * k, (i + 1) * k);
  return {
    weights: weightsOf(log, target, rows),
    rewards: log.rewards,
    expected: log.rewards.map((_, i) => {
      const p = row(target, i);
      return (
        p.reduce((sum, share, a) => sum + share * (row(predictions, i)[a] as number), 0) /
        p.reduce((sum, share) => sum + share, 0)
      );
    }),
    predicted: log.rewards.map((_, i) => row(predictions, i)[log.actions[i] as number] as number),
  };
};

describe.runIf(inline)('Open Bandit Pipeline', () => {
  it.each(inline ?? [])('$name', (each: OracleCase) => {
    const terms = termsOf(each);
    const expected = each.expected.policy_value as Record<string, number>;
    let compared = 0;
    for (const [name, value] of Object.entries(expected)) {
      if (name === 'replay') {
        const { log, target } = inputOf(each);
        const wanted = Array.from({ length: log.rewards.length }, (_, i) =>
          target.subarray(i * log.actionCount, (i + 1) * log.actionCount).indexOf(1),
        );
        close(replayValue({ actions: log.actions, wanted, rewards: log.rewards }).value ?? Number.NaN, value);
        compared++;
        continue;
      }
      const method = methodOf(name);
      if (!method) throw new Error(`no method for ${name}`);
      close(scoreMethod(method, terms).value, value);
      compared++;
    }
    expect(compared).toBe(Object.keys(expected).length);
  });

  it.each(inline ?? [])('diagnostics of $name', (each: OracleCase) => {
    const { log, target } = inputOf(each);
    const used = usedRows(log);
    const weights = weightsOf(log, target, used);
    const found = overlapOf({ log, target, used }, weights);
    const expected = each.expected.diagnostics as Record<string, number>;
    close(found.meanWeight, expected.mean_weight as number);
    close(found.maxWeight, expected.max_weight as number);
    close(found.ess, expected.ess as number);
    close(found.meanReward, expected.mean_reward as number);
    expect(found.zeroWeightRows).toBe(expected.zero_weight_rows);
    if (expected.standard_error_mean_weight !== undefined)
      close(found.standardErrorMeanWeight, expected.standard_error_mean_weight);
    const spread = (method: Method): number => {
      const { value, influence } = scoreMethod(method, termsOf(each));
      const squares = influence.reduce((sum, score) => sum + (score - value) ** 2, 0);
      return Math.sqrt(squares / (influence.length - 1) / influence.length);
    };
    if (expected.standard_error_ipw !== undefined)
      close(spread({ kind: 'ips' }), expected.standard_error_ipw);
    if (expected.standard_error_dr !== undefined) close(spread({ kind: 'dr' }), expected.standard_error_dr);
    if (each.name.includes('poor_overlap')) {
      const reasons = refusalsOf(found).map(({ reason }) => reason);
      expect(reasons).toContain('small_ess');
    }
  });
});

const bts = findData('open-bandit/bts/women.csv.gz');
const random = findData('open-bandit/random/women.csv.gz');
const women = cases?.find(({ name }) => name.startsWith('open_bandit_small_women'));

/** Items and clicks of Open Bandit; columns by name, as the file may hold more. */
const readBandit = (text: string): DecisionLog => {
  const [head = '', ...lines] = text.trim().split('\n');
  const names = head.split(',');
  const column = (name: string): Float64Array => {
    const at = names.indexOf(name);
    return Float64Array.from(lines, (line) => Number(line.split(',')[at]));
  };
  return {
    actionCount: 46,
    actions: column('item_id'),
    rewards: column('click'),
    propensities: column('propensity_score'),
  };
};

describe.runIf(bts && women)('Open Bandit, women, Thompson sampling log', () => {
  it('has the known values, and is refused for each of its faults', () => {
    const log = readBandit(bts ?? '');
    const target = uniformTarget(log);
    const used = usedRows(log);
    const terms: Terms = { weights: weightsOf(log, target, used), rewards: log.rewards };
    const values = women?.expected.policy_value as Record<string, number>;
    close(scoreMethod({ kind: 'ips' }, terms).value, values.ipw as number);
    close(scoreMethod({ kind: 'snips' }, terms).value, values.snipw as number);
    close(scoreMethod({ kind: 'clipped', most: 10 }, terms).value, values.ipw_clipped_10 as number);
    const found = evaluatePolicy({ log, target, rewardRange: [0, 1] });
    expect(found.kind).toBe('refused');
    if (found.kind !== 'refused') return;
    close(found.overlap.ess, 2.077822692483707);
    close(found.overlap.maxWeight, 21739.130434782608);
    expect(found.reasons.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['small_ess', 'one_row_dominates']),
    );
  });
});

describe.runIf(random)('Open Bandit, women, uniform log', () => {
  it('answers for the uniform policy itself', () => {
    const log = readBandit(random ?? '');
    const found = evaluatePolicy({ log, target: uniformTarget(log), rewardRange: [0, 1] });
    if (found.kind !== 'evaluated') throw new Error(JSON.stringify(found));
    expect(found.preferred.value).toBeCloseTo(0.0046, 4);
    const { interval } = found.preferred;
    if (interval.kind !== 'interval') throw new Error(interval.reason);
    expect(interval.low).toBeGreaterThan(0.002);
    expect(interval.high).toBeLessThan(0.0073);
    expect(found.bounded?.low).toBeGreaterThan(0.001);
    expect(found.bounded?.high).toBeLessThan(0.01);
  });
});
