import { describe, expect, it } from 'vitest';
import {
  checkAllFinite,
  checkCount,
  checkLength,
  checkLevel,
  checkPositive,
  checkProbability,
  checkPropensity,
  checkShares,
  EngineError,
  isEngineError,
} from './index.ts';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return isEngineError(error) ? error.code : 'another error';
  }
};

describe('checks', () => {
  it.each([
    ['nan', () => checkAllFinite('x', [1, Number.NaN])],
    ['not_finite', () => checkAllFinite('x', Float64Array.of(1, -Infinity))],
    ['out_of_range', () => checkPositive('x', 0)],
    ['nan', () => checkPositive('x', Number.NaN)],
    ['negative_count', () => checkCount('n', -1)],
    ['negative_count', () => checkCount('n', 1.5)],
    ['probability_out_of_range', () => checkProbability('p', 1.0001)],
    ['nan', () => checkProbability('p', Number.NaN)],
    ['probability_out_of_range', () => checkLevel('alpha', 0)],
    ['propensity_out_of_range', () => checkPropensity('p', 0)],
    ['propensity_out_of_range', () => checkPropensity('p', 1.1)],
    ['negative_weight', () => checkShares('shares', [1.2, -0.2])],
    ['weights_do_not_sum', () => checkShares('shares', [0.5, 0.4])],
    ['length_mismatch', () => checkLength('x', 2, 3)],
  ])('%s', (code, work) => {
    expect(codeOf(work)).toBe(code);
  });

  it('let right input pass', () => {
    checkAllFinite('x', [0, -1e300]);
    checkShares('shares', [0.1, 0.2, 0.7]);
    expect(checkCount('n', 3) + checkPositive('x', 2) + checkPropensity('p', 1)).toBe(6);
  });

  it('carry their code, their details and their kind', () => {
    const error = new EngineError('empty_arm', 'arm “b” has nobody', { arm: 'b' });
    expect(error).toBeInstanceOf(RangeError);
    expect(error.details).toEqual({ arm: 'b' });
    expect(isEngineError(error, 'one_arm')).toBe(false);
  });
});
