import { describe, expect, it } from 'vitest';
import { findOracle, type OracleCase } from '../../../testing/beside-the-project.ts';
import { normalMixtureBound, normalMixtureLogE, normalMixtureRho } from '../normal-mixture.ts';
import {
  betaBinomialBound,
  betaBinomialLogE,
  bettingSequence,
  empiricalBernstein,
  gammaExponentialBound,
  gammaPoissonBound,
  hoeffdingSequence,
  type IntervalPath,
  oneSidedBound,
  oneSidedLogE,
  oneSidedRho,
  polyStitchingBound,
  predictableBernstein,
  runningIntersection,
} from './index.ts';

const close = (found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs((found[i] as number) - value)).toBeLessThanOrEqual(
      Math.max(1e-10, tolerance * Math.abs(value)),
    ),
  );
};
const within = (found: ArrayLike<number>, expected: readonly number[], absolute: number): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) =>
    expect(Math.abs((found[i] as number) - value)).toBeLessThanOrEqual(absolute),
  );
};

describe('reference values kept in the project (confseq 0.0.11)', () => {
  it('boundaries at v 100, tuned at 100, alpha 0.05', () => {
    close([oneSidedLogE(10, 100, oneSidedRho(100, 0.05))], [-0.06502391], 1e-6);
    close([oneSidedBound(100, oneSidedRho(100, 0.05), 0.05)], [27.66071], 1e-6);
    close([gammaExponentialBound(100, { c: 2, vOpt: 100, alphaOpt: 0.05 }, 0.05)], [33.02017], 1e-6);
    close([gammaPoissonBound(100, { c: 2, vOpt: 100, alphaOpt: 0.05 }, 0.05)], [30.1949], 1e-6);
    close([polyStitchingBound(100, { vMin: 10, c: 3 }, 0.05)], [64.48755], 1e-6);
    const twoSided = { g: 0.2, h: 0.8, vOpt: 100, alphaOpt: 0.05, oneSided: false };
    close([betaBinomialBound(100, twoSided, 0.05)], [31.4308], 1e-6);
    close([betaBinomialLogE(10, 100, twoSided)], [-0.6941012], 1e-6);
    const oneSided = { ...twoSided, oneSided: true };
    close([betaBinomialBound(100, oneSided, 0.05)], [28.41238], 1e-6);
    close([betaBinomialLogE(10, 100, oneSided)], [-0.07134019], 1e-6);
  });
});

/** A case's fields; each test reads what it compares, as the type it needs there. */
type Input = { readonly [Field in Fields]: never };
type Fields =
  | 'function'
  | 'v'
  | 's'
  | 'c'
  | 'g'
  | 'h'
  | 'v_opt'
  | 'alpha_opt'
  | 'alpha'
  | 'one_sided'
  | 'v_min'
  | 'eta'
  | 'x'
  | 't_opt'
  | 'truncation'
  | 'theta'
  | 'trunc_scale'
  | 'breaks'
  | 'bound'
  | 'log_mixture'
  | 'lower_one_sided'
  | 'lower_two_sided'
  | 'upper_two_sided'
  | 'final_running_intersection'
  | 'lower'
  | 'upper';

/** What each function of confseq is called here, one number per time. */
const BOUNDS: Readonly<Record<string, (v: number, input: Input) => number>> = {
  normal_mixture_bound: (v, { v_opt, alpha_opt, alpha, one_sided }) =>
    one_sided
      ? oneSidedBound(v, oneSidedRho(v_opt, alpha_opt), alpha)
      : normalMixtureBound(v, normalMixtureRho(v_opt, alpha_opt), alpha),
  beta_binomial_mixture_bound: (v, { g, h, v_opt, alpha_opt, one_sided, alpha }) =>
    betaBinomialBound(v, { g, h, vOpt: v_opt, alphaOpt: alpha_opt, oneSided: one_sided }, alpha),
  gamma_exponential_mixture_bound: (v, { c, v_opt, alpha_opt, alpha }) =>
    gammaExponentialBound(v, { c, vOpt: v_opt, alphaOpt: alpha_opt }, alpha),
  gamma_poisson_mixture_bound: (v, { c, v_opt, alpha_opt, alpha }) =>
    gammaPoissonBound(v, { c, vOpt: v_opt, alphaOpt: alpha_opt }, alpha),
  poly_stitching_bound: (v, { v_min, c, s, eta, alpha }) =>
    polyStitchingBound(v, { vMin: v_min, c, s, eta }, alpha),
};
const MIXTURES: Readonly<Record<string, (s: number, v: number, input: Input) => number>> = {
  normal_log_mixture: (s, v, { v_opt, alpha_opt, one_sided }) =>
    one_sided
      ? oneSidedLogE(s, v, oneSidedRho(v_opt, alpha_opt))
      : normalMixtureLogE(s, v, normalMixtureRho(v_opt, alpha_opt)),
  beta_binomial_log_mixture: (s, v, { g, h, v_opt, alpha_opt, one_sided }) =>
    betaBinomialLogE(s, v, { g, h, vOpt: v_opt, alphaOpt: alpha_opt, oneSided: one_sided }),
};

const cases = findOracle('confidence-sequences.json') as
  | readonly (OracleCase & { readonly input: Input; readonly expected: Input })[]
  | undefined;
const named = (test: (name: string) => boolean) => cases?.filter(({ input }) => test(input.function)) ?? [];

describe.runIf(cases)('confseq', () => {
  it.each(named((name) => name in BOUNDS))('$name', ({ input, expected }) => {
    const found = (input.v as number[]).map((v) => BOUNDS[input.function]?.(v, input) as number);
    close(found, expected.bound);
  });

  it.each(named((name) => name in MIXTURES))('$name', ({ input, expected }) => {
    const found = (input.v as number[]).map(
      (v, i) => MIXTURES[input.function]?.((input.s as number[])[i] as number, v, input) as number,
    );
    close(found, expected.log_mixture);
  });

  it.each(named((name) => name.startsWith('conjmix_empbern')))('$name', ({ input, expected }) => {
    const plan = { values: input.x, plannedVariance: input.v_opt };
    // Theirs halves the error once more than it says: its one-sided alpha is ours at alpha/2, its two-sided ours at alpha/2.
    const half = (input.alpha as number) / 2;
    const one = empiricalBernstein({ ...plan, alpha: half, side: 'lower' });
    const two = empiricalBernstein({ ...plan, alpha: half });
    close(one.low, expected.lower_one_sided);
    close(two.low, expected.lower_two_sided);
    close(two.high, expected.upper_two_sided);
    const last = runningIntersection(two);
    close(
      [last.low[last.low.length - 1] as number, last.high[last.high.length - 1] as number],
      expected.final_running_intersection,
    );
  });

  const paths: Readonly<Record<string, (input: Input) => IntervalPath>> = {
    conjmix_hoeffding_twosided_cs: ({ x, alpha, t_opt }) =>
      hoeffdingSequence({ values: x, alpha, plannedPeople: t_opt }),
    predmix_empbern_twosided_cs: ({ x, alpha, truncation }) =>
      predictableBernstein({ values: x, alpha, truncation }),
  };
  it.each(named((name) => name in paths))('$name', ({ input, expected }) => {
    const found = paths[input.function]?.(input) as IntervalPath;
    within(found.low, expected.lower, 1e-10);
    within(found.high, expected.upper, 1e-10);
  });

  it.each(named((name) => name === 'hedged_cs'))('$name', ({ input, expected }) => {
    const { x, alpha, theta, trunc_scale, breaks } = input;
    const at = (x as number[]).map((_, i) => i + 1);
    const found = bettingSequence({ values: x, alpha, theta, truncation: trunc_scale, at });
    // Theirs is a grid, widened by a step on each side.
    within(found.low, expected.lower, 1 / breaks + 1e-9);
    within(found.high, expected.upper, 1 / breaks + 1e-9);
  });
});
