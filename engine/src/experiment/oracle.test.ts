import { describe, expect, it } from 'vitest';
import { findOracle, type OracleCase } from '../../testing/beside-the-project.ts';
import {
  anytimeDifference,
  bernoulliInterval,
  chiSquareTail,
  logGamma,
  type Moments,
  momentsOfCounts,
  normalMixtureBound,
  normalMixtureLogE,
  normalMixtureRho,
  sampleRatio,
  upperGamma,
} from './index.ts';

const close = (found: number, expected: number, relative = 1e-9): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(1e-12, relative * Math.abs(expected)));

describe('reference values kept in the project', () => {
  it('normal mixture (confseq 0.0.11, v_opt 100, alpha 0.05)', () => {
    const rho = normalMixtureRho(100, 0.05);
    close(rho, 12.60056, 1e-6);
    close(normalMixtureBound(100, rho, 0.05), 30.35209, 1e-6);
    close(normalMixtureLogE(10, 100, rho), -0.6510052, 1e-6);
  });

  it('Bernoulli intervals (confseq 0.0.11)', () => {
    const first = bernoulliInterval({ successes: 700, trials: 1000, alpha: 0.05, plannedTrials: 100 });
    close(first.low, 0.651629, 2e-6);
    close(first.high, 0.745949, 2e-6);
    expect(bernoulliInterval({ successes: 0, trials: 0, alpha: 0.05, plannedTrials: 10 })).toEqual({
      low: 0,
      high: 1,
    });
    expect(() => bernoulliInterval({ successes: 2, trials: 1, alpha: 0.05, plannedTrials: 10 })).toThrow(
      RangeError,
    );
  });

  it('sample ratio (scipy 1.10.1)', () => {
    close(sampleRatio([5010, 4990], [0.5, 0.5]).pValue, 0.841480581121794);
    close(sampleRatio([5200, 4800], [0.5, 0.5]).pValue, 0.00006334248366623988);
    close(sampleRatio([5050, 2475, 2475], [0.5, 0.25, 0.25]).pValue, 0.6065306597126334);
  });

  it('special functions at known points', () => {
    close(logGamma(0.5), 0.5 * Math.log(Math.PI));
    close(logGamma(171), 706.5730622457874);
    close(upperGamma(1, 30), Math.exp(-30));
    close(chiSquareTail(3.841458820694124, 1), 0.05);
    close(upperGamma(0.5, 200), 5.507248237212467e-89, 1e-9);
  });
});

const sequences = findOracle('confidence-sequences.json');
const mixtures = sequences?.filter(
  ({ input }) => String(input.function).startsWith('normal_') && input.one_sided === false,
);

describe.runIf(mixtures)('confseq', () => {
  it.each(mixtures ?? [])('$name', ({ input, expected }: OracleCase) => {
    const times: readonly number[] = input.v as readonly number[];
    const rho = normalMixtureRho(input.v_opt as number, input.alpha_opt as number);
    if (input.function === 'normal_mixture_bound') {
      times.forEach((v, i) =>
        close(normalMixtureBound(v, rho, input.alpha as number), (expected.bound as number[])[i] as number),
      );
    } else {
      times.forEach((v, i) =>
        close(
          normalMixtureLogE((input.s as number[])[i] as number, v, rho),
          (expected.log_mixture as number[])[i] as number,
        ),
      );
    }
  });
});

const bernoulli = sequences?.filter(({ input }) => input.function === 'bernoulli_confidence_interval');

describe.runIf(bernoulli)('confseq, Bernoulli', () => {
  it.each(bernoulli ?? [])('$name', ({ input, expected }: OracleCase) => {
    const trials = input.trials as readonly number[];
    trials.forEach((n, i) => {
      const found = bernoulliInterval({
        successes: (input.successes as number[])[i] as number,
        trials: n,
        alpha: input.alpha as number,
        plannedTrials: input.t_opt as number,
        alphaOpt: input.alpha_opt as number,
      });
      const [low, high] = (expected.interval as [number, number][])[i] as [number, number];
      expect(Math.abs(found.low - low)).toBeLessThan(1e-9);
      expect(Math.abs(found.high - high)).toBeLessThan(1e-9);
    });
  });
});

interface GbArm {
  readonly type: string;
  readonly n: number;
  readonly sum: number;
  readonly sum_squares: number;
}

const momentsOfArm = (arm: GbArm): Moments =>
  arm.type === 'proportion'
    ? momentsOfCounts(arm.n, arm.sum)
    : { n: arm.n, mean: arm.sum / arm.n, m2: arm.sum_squares - arm.sum ** 2 / arm.n, nonZero: arm.n };

const experiments = findOracle('experiments.json');
const sequential = experiments?.filter(
  ({ name, input }) =>
    input.test === 'sequential_two_sided' &&
    /^(mean|proportion)$/.test((input.control as GbArm).type) &&
    name !== 'edge_sequential_zero_variance',
);

describe.runIf(sequential)('gbstats, sequential', () => {
  it.each(sequential ?? [])('$name', ({ input, expected }: OracleCase) => {
    const control: GbArm = input.control as GbArm;
    const found = anytimeDifference({
      control: momentsOfArm(control),
      treatment: momentsOfArm(input.treatment as GbArm),
      kind: control.type as 'mean',
      alpha: input.alpha as number,
      plannedPeople: input.sequential_tuning_parameter as number,
    });
    if (!('verdict' in found)) throw new Error(found.reason);
    const ci: readonly [number, number] = (expected.result as { ci: [number, number] }).ci;
    if (input.difference_type === 'absolute') {
      close(found.absolute.low, ci[0]);
      close(found.absolute.high, ci[1]);
    } else {
      // They use the delta method, we Fieller's set: the same estimate, limits that agree to a few per cent of the width.
      if ('reason' in found.relative) throw new Error(found.relative.reason);
      close(found.relative.estimate, (ci[0] + ci[1]) / 2);
      expect(Math.abs(found.relative.low - ci[0])).toBeLessThan(0.12 * (ci[1] - ci[0]));
      expect(Math.abs(found.relative.high - ci[1])).toBeLessThan(0.12 * (ci[1] - ci[0]));
    }
  });
});

const ratios = experiments?.filter(({ input }) => input.test === 'sample_ratio_mismatch');

describe.runIf(ratios)('gbstats, sample ratio', () => {
  it.each(ratios ?? [])('$name', ({ input, expected }: OracleCase) => {
    close(sampleRatio(input.users as number[], input.weights as number[]).pValue, expected.p_value as number);
  });
});
