import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as special from './index.ts';

/** Rows of arguments and the value, computed with 50 digits (mpmath), tails included. */
const reference = JSON.parse(
  readFileSync(new URL('./fixtures/reference.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly (readonly number[])[]>>;

const parameters = ([a, b, c, z]: readonly number[]) =>
  [{ a: a as number, b: b as number, c: c as number }, z as number] as const;

/** Promised relative error of each function over its whole table. */
const promised: Readonly<
  Record<string, readonly [tolerance: number, run: (...args: readonly number[]) => number]>
> = {
  logGamma: [1e-15, (x = 0) => special.logGamma(x)],
  digamma: [4e-15, (x = 0) => special.digamma(x)],
  trigamma: [1e-15, (x = 0) => special.trigamma(x)],
  logBeta: [1e-15, (a = 0, b = 0) => special.logBeta(a, b)],
  erf: [1e-15, (x = 0) => special.erf(x)],
  erfc: [2e-15, (x = 0) => special.erfc(x)],
  erfcx: [2e-15, (x = 0) => special.erfcx(x)],
  normalCdf: [3e-15, (z = 0) => special.normalCdf(z)],
  logNormalCdf: [2e-15, (z = 0) => special.logNormalCdf(z)],
  normalQuantile: [2e-15, (p = 0) => special.normalQuantile(p)],
  lowerGamma: [3e-14, (a = 0, x = 0) => special.lowerGamma(a, x)],
  upperGamma: [3e-14, (a = 0, x = 0) => special.upperGamma(a, x)],
  // Shape 0.01: x = 4e-31, and ln x keeps its 16 digits.
  gammaQuantile: [2e-13, (a = 0, p = 0) => special.gammaQuantile(a, p)],
  gammaUpperQuantile: [2e-15, (a = 0, q = 0) => special.gammaUpperQuantile(a, q)],
  incompleteBeta: [5e-14, (x = 0, a = 0, b = 0) => special.incompleteBeta(x, a, b)],
  incompleteBetaTail: [5e-14, (x = 0, a = 0, b = 0) => special.incompleteBetaTail(x, a, b)],
  betaQuantile: [3e-14, (p = 0, a = 0, b = 0) => special.betaQuantile(p, a, b)],
  studentTail: [2e-14, (t = 0, n = 0) => special.studentTail(t, n)],
  studentQuantile: [1e-14, (p = 0, n = 0) => special.studentQuantile(p, n)],
  hypergeometric2F1: [1e-13, (...args) => special.hypergeometric2F1(...parameters(args))],
  logHypergeometric2F1: [1e-14, (...args) => special.logHypergeometric2F1(...parameters(args))],
};

describe('against 50 digits', () => {
  it('leaves no function of the table out', () => {
    expect(Object.keys(promised).sort()).toEqual(Object.keys(reference).sort());
  });

  it.each(Object.entries(promised))('%s', (name, [tolerance, run]) => {
    for (const row of reference[name] ?? []) {
      const expected = row.at(-1) as number;
      const found = run(...row.slice(0, -1));
      const error = expected === 0 ? Math.abs(found) : Math.abs(found / expected - 1);
      if (!(error <= tolerance))
        expect.fail(`${name}(${row.slice(0, -1).join(', ')}) = ${found}, not ${expected}: ${error}`);
    }
  });
});

const shape = fc.double({ min: -3, max: 5, noNaN: true }).map((power) => 10 ** power);
const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
const close = (found: number, expected: number, tolerance: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

describe('identities', () => {
  it('Γ(x + 1) = x Γ(x), ψ and ψ′ follow', () => {
    fc.assert(
      fc.property(shape, (x) => {
        const scale = Math.abs(special.logGamma(x)) + Math.abs(Math.log(x)) + x * Number.EPSILON * 1e15;
        expect(Math.abs(special.logGamma(x + 1) - special.logGamma(x) - Math.log(x))).toBeLessThan(
          2e-15 * scale + 1e-15,
        );
        close(special.trigamma(x), special.trigamma(x + 1) + 1 / (x * x), 1e-13);
      }),
    );
  });

  it('tails sum to 1 and quantiles come back', () => {
    fc.assert(
      fc.property(shape, shape, share, (a, b, p) => {
        close(special.lowerGamma(a, b) + special.upperGamma(a, b), 1, 4e-14);
        close(special.incompleteBeta(p, a, b) + special.incompleteBetaTail(p, a, b), 1, 4e-14);
        const x = special.gammaQuantile(a, p);
        if (x > 1e-300) close(special.lowerGamma(a, x), p, 1e-10);
        const u = special.betaQuantile(p, a, b);
        // Next to 1 a double cannot hold the quantile itself.
        if (u > 1e-300 && u < 1 - 1e-6) close(special.incompleteBeta(u, a, b), p, 1e-9);
        close(special.normalCdf(special.normalQuantile(p)), p, 1e-13);
      }),
    );
  });

  it('never fall as x grows', () => {
    fc.assert(
      fc.property(shape, shape, fc.tuple(share, share), (a, b, [p, q]) => {
        const [low, high] = p < q ? [p, q] : [q, p];
        const rounding = 1 + 1e-13;
        expect(special.incompleteBeta(low, a, b)).toBeLessThanOrEqual(
          special.incompleteBeta(high, a, b) * rounding,
        );
        expect(special.lowerGamma(a, low * b)).toBeLessThanOrEqual(
          special.lowerGamma(a, high * b) * rounding,
        );
        expect(special.gammaQuantile(a, low)).toBeLessThanOrEqual(
          special.gammaQuantile(a, high) * (1 + 1e-10),
        );
      }),
    );
  });

  it('Student’s t becomes normal, and at 1 degree is Cauchy’s', () => {
    for (const t of [-3, -0.1, 0, 0.7, 5]) {
      close(special.studentCdf(t, 1), 0.5 + Math.atan(t) / Math.PI, 1e-14);
      close(special.studentTail(t, 1e17), special.normalTail(t), 1e-14);
      close(special.studentTwoSided(t, 7), 2 * special.studentTail(Math.abs(t), 7), 1e-15);
    }
  });

  it('counts: a binomial and a Poisson tail are the sums of their terms', () => {
    let binomial = 0;
    let poisson = 0;
    for (let k = 0; k <= 20; k++) {
      binomial += Math.exp(special.logChoose(20, k) + k * Math.log(0.3) + (20 - k) * Math.log(0.7));
      poisson += Math.exp(-4 + k * Math.log(4) - special.logFactorial(k));
      close(special.binomialCdf(k, 20, 0.3), binomial, 1e-13);
      close(special.poissonCdf(k, 4), poisson, 1e-13);
      close(special.binomialTail(k, 20, 0.3) + special.binomialCdf(k - 1, 20, 0.3), 1, 1e-13);
      close(special.poissonTail(k, 4) + special.poissonCdf(k - 1, 4), 1, 1e-13);
    }
    expect(special.chiSquareTail(special.chiSquareQuantile(0.95, 3), 3)).toBeCloseTo(0.05, 14);
    // F(1, n) is t(n) squared.
    close(special.fTail(4, [1, 9]), special.studentTwoSided(2, 9), 1e-13);
  });

  it('2F1 reduces to elementary functions', () => {
    for (const z of [-40, -3, -0.5, 1e-9, 0.3, 0.9, 0.97, 0.999999]) {
      close(special.hypergeometric2F1({ a: 1, b: 1, c: 2 }, z), -Math.log1p(-z) / z, 1e-13);
      close(special.hypergeometric2F1({ a: 2.3, b: 1.7, c: 1.7 }, z), (1 - z) ** -2.3, 1e-12);
    }
    expect(special.hypergeometric2F1({ a: 3, b: 4, c: 5 }, 0)).toBe(1);
  });
});

describe('logarithms of sums', () => {
  it('survive what would overflow, underflow or vanish', () => {
    expect(special.logSumExp([-1000, -1000])).toBeCloseTo(-1000 + Math.LN2, 12);
    expect(special.logSumExp([0, -50])).toBe(Math.exp(-50));
    expect(special.logSumExp([])).toBe(-Infinity);
    expect(special.logSumExp([800, -Infinity])).toBe(800);
    expect(special.logAddExp(-Infinity, 3)).toBe(3);
    expect(special.logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    close(special.logSubtractExp(1, 1 - 1e-9), 1 + Math.log(-Math.expm1(-1e-9)), 1e-7);
    expect(special.logSubtractExp(2, 2)).toBe(-Infinity);
    close(special.log1mExp(-1e-20), Math.log(1e-20), 1e-15);
    close(special.log1mExp(-40), -Math.exp(-40), 1e-15);
    expect(special.log1pExp(800)).toBe(800);
    close(special.log1pExp(-800 / 2), Math.exp(-400), 1e-15);
    close(special.logistic(-400), Math.exp(-400), 1e-15);
    close(special.logit(special.logistic(-3)), -3, 1e-14);
    const out = special.softmaxInto([1e4, 1e4 - 1], new Float64Array(2));
    close(out[0] as number, special.logistic(1), 1e-12);
  });
});

describe('wrong input', () => {
  it.each([
    ['out_of_range', () => special.logGamma(0)],
    ['nan', () => special.logGamma(Number.NaN)],
    ['out_of_range', () => special.digamma(-1)],
    ['out_of_range', () => special.lowerGamma(-1, 1)],
    ['nan', () => special.upperGamma(1, Number.NaN)],
    ['out_of_range', () => special.incompleteBeta(1.1, 1, 1)],
    ['probability_out_of_range', () => special.normalQuantile(1.5)],
    ['probability_out_of_range', () => special.gammaQuantile(1, -0.1)],
    ['probability_out_of_range', () => special.betaQuantile(2, 1, 1)],
    ['out_of_range', () => special.studentTail(1, 0)],
    ['probability_out_of_range', () => special.studentQuantile(-1, 3)],
    ['nan', () => special.logSumExp([1, Number.NaN])],
    ['out_of_range', () => special.hypergeometric2F1({ a: 1, b: 1, c: -2 }, 0.5)],
    ['out_of_range', () => special.hypergeometric2F1({ a: 1, b: 1, c: 2 }, 1)],
    ['out_of_range', () => special.logSubtractExp(1, 2)],
    ['out_of_range', () => special.logChoose(3, 4)],
    ['negative_count', () => special.binomialCdf(1, -2, 0.5)],
  ])('%s', (code, run) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });

  it('has answers at the ends', () => {
    expect([special.erfc(Infinity), special.erf(-Infinity), special.normalCdf(-Infinity)]).toEqual([
      0, -1, 0,
    ]);
    expect([special.lowerGamma(2, Infinity), special.upperGamma(2, 0)]).toEqual([1, 1]);
    expect([special.incompleteBeta(0, 2, 3), special.incompleteBetaTail(0, 2, 3)]).toEqual([0, 1]);
    expect([special.betaQuantile(1, 2, 3), special.gammaQuantile(2, 1)]).toEqual([1, Infinity]);
    expect([special.logIncompleteBeta(0, 2, 3), special.normalQuantile(0)]).toEqual([-Infinity, -Infinity]);
    expect([special.studentTail(Infinity, 3), special.studentQuantile(0.5, 3)]).toEqual([0, 0]);
  });
});
