import { engineError } from '../errors/index.ts';
import { erfc } from './erf.ts';
import { logGamma, logGammaOnePlus, stirlingRemainder } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';
import { TEMME } from './tables.ts';

const TINY = 1e-300;

const checkDomain = (a: number, x: number): void => {
  if (a > 0 && x >= 0 && a < Infinity) return;
  const code = Number.isNaN(a) || Number.isNaN(x) ? 'nan' : 'out_of_range';
  throw engineError(code, `incomplete gamma: need a > 0 (finite) and x >= 0, got ${a}, ${x}`);
};

/** μ - ln(1 + μ) >= 0 without cancellation around 0; `ratio` is 1 + μ > 0 with its own digits, which μ near -1 has lost. */
export const logGap = (mu: number, ratio: number): number => {
  if (mu > 1 || mu < -0.4) return mu - Math.log(ratio);
  // ln(1 + μ) = 2 atanh(s), s = μ/(2 + μ): the first term is combined with μ on paper.
  const s = mu / (2 + mu);
  const square = s * s;
  let sum = 0;
  for (let k = 37; k >= 3; k -= 2) sum = sum * square + 1 / k;
  return s * mu - 2 * s * square * sum;
};

/** ln of x^a e^-x / Γ(a), with the big parts cancelled on paper (Loader 2000). */
const logFront = (a: number, x: number): number => {
  if (a < 10) return a * Math.log(x) - x - logGamma(a);
  return 0.5 * Math.log(a / (2 * Math.PI)) - stirlingRemainder(a) - a * logGap((x - a) / a, x / a);
};

/** x^a e^-x / Γ(a); e^-x apart where it is the big part, because the exponential of a rounded sum loses |sum| ulps. */
const front = (a: number, x: number): number => {
  if (a >= 10) return Math.exp(logFront(a, x));
  const half = Math.exp(-0.5 * x);
  return half * Math.exp(a * Math.log(x) - logGamma(a)) * half;
};

/** Σ x^k / ((a+1)…(a+k)) (DLMF 8.7.1); all terms positive. */
const series = (a: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 100_000; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum / a;
};

/** DLMF 8.9.2 by Lentz's method, for x > a + 1. */
const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 2e-16) break;
  }
  return h;
};

/** Temme's uniform expansion (DLMF 8.12.3–8.12.4) for large a and x near it: [P, Q]. */
const uniform = (a: number, x: number): readonly [number, number] => {
  const mu = (x - a) / a;
  const half = logGap(mu, x / a);
  const eta = Math.sign(mu) * Math.sqrt(2 * half);
  let sum = 0;
  for (let k = TEMME.length - 1; k >= 0; k--) {
    const row = TEMME[k] as readonly number[];
    let c = 0;
    for (let n = row.length - 1; n >= 0; n--) c = c * eta + (row[n] as number);
    sum = sum / a + c;
  }
  const rest = (Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a)) * sum;
  const z = eta * Math.sqrt(a / 2);
  return [0.5 * erfc(-z) - rest, 0.5 * erfc(z) + rest];
};

const isUniform = (a: number, x: number): boolean =>
  a > 40 && Math.abs(x - a) < 0.3 * a && Math.abs(x - a) < 8 * Math.sqrt(a);

/** Q(a, x) for a < 1 and small x, where 1 - P would lose everything: x^a/Γ(1+a) and its complement by expm1. */
const upperNearZero = (a: number, x: number): number => {
  // Q = 1 - x^a/Γ(1+a) · Σ; with u = x^a/Γ(1+a) - 1 and S = Σ - 1: Q = -(u + S + u S).
  const u = Math.expm1(a * Math.log(x) - (a < 0.5 ? logGammaOnePlus(a) : logGamma(1 + a)));
  let term = a;
  let rest = 0;
  for (let k = 1; k < 500; k++) {
    term *= -x / k;
    const part = term / (a + k);
    rest += part;
    if (Math.abs(part) < 1e-18 * Math.abs(rest)) break;
  }
  return -(u + rest + u * rest);
};

/**
 * P(a, x) = γ(a, x)/Γ(a), the regularised lower incomplete gamma function: the chance that a gamma variable of shape a (scale 1) is
 * at most x. a > 0, x >= 0. Relative error about 1e-14 in the far lower tail too (a few 1e-16 · |ln P| there).
 * Source: DLMF 8.7.1, 8.9.2, 8.12.3. Cost: under 1 µs, whatever a.
 *
 * @throws EngineError `out_of_range`, `nan`
 * @example lowerGamma(2, 3) // 0.8008517265285442
 */
export const lowerGamma = (a: number, x: number): number => {
  checkDomain(a, x);
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  if (isUniform(a, x)) return uniform(a, x)[0];
  return x < a + 1 ? Math.min(1, series(a, x) * front(a, x)) : 1 - upperGamma(a, x);
};

/**
 * Q(a, x) = 1 - P(a, x), accurate in the far upper tail, where it may be 1e-300.
 *
 * @throws EngineError `out_of_range`, `nan`
 * @example upperGamma(1, 700) // e^-700 = 9.859676543759771e-305
 */
export const upperGamma = (a: number, x: number): number => {
  checkDomain(a, x);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  if (isUniform(a, x)) return uniform(a, x)[1];
  if (x >= a + 1) return fraction(a, x) * front(a, x);
  if (a < 1 && x < 1.1) return upperNearZero(a, x);
  return 1 - lowerGamma(a, x);
};

/** ln P and the hazard d ln P/d ln x of the lower tail (or of the upper one), without underflow. */
const logTail = (a: number, x: number, upper: boolean): readonly [number, number] => {
  const logOfFront = logFront(a, x);
  const direct = upper ? x >= a + 1 : x < a + 1;
  if (direct && !isUniform(a, x)) {
    const ratio = upper ? fraction(a, x) : series(a, x);
    return [logOfFront + Math.log(ratio), 1 / ratio];
  }
  const value = upper ? upperGamma(a, x) : lowerGamma(a, x);
  return [Math.log(value), Math.exp(logOfFront) / value];
};

/** Newton's steps in ln x on the logarithm of the smaller tail: concave there, so they cannot diverge. */
const solve = (a: number, p: number, upper: boolean): number => {
  const target = Math.log(p);
  const z = normalQuantile(p) * (upper ? -1 : 1);
  // Wilson and Hilferty 1931; far down the leading term x^a/Γ(a+1) = p.
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  let x = cube > 0.1 ? a * cube ** 3 : 0;
  if (!upper && (x === 0 || a < 1)) x = Math.exp((target + logGamma(a + 1)) / a);
  if (upper && !(x > 0)) x = a;
  if (a < 1 && upper) x = Math.max(x, Math.min(-target, 1));
  if (x < Number.MIN_VALUE) return 0;
  for (let step = 0; step < 100; step++) {
    const [log, slope] = logTail(a, x, upper);
    const shift = (target - log) / slope;
    const move = Math.max(-20, Math.min(20, upper ? -shift : shift));
    x *= Math.exp(move);
    if (x === 0 || Math.abs(move) < 4e-16) break;
    if (step > 8 && Math.abs(move) < 1e-14) break;
  }
  return x;
};

const checkedQuantile = (a: number, p: number): void => {
  if (!(p >= 0 && p <= 1))
    throw engineError(
      Number.isNaN(p) ? 'nan' : 'probability_out_of_range',
      `a probability must be in [0, 1], got ${p}`,
    );
  checkDomain(a, 0);
};

/**
 * The x with P(a, x) = p; 0 at 0, Infinity at 1. Relative error about 1e-14 (a small shape with a tiny p: relative to |ln x|).
 * For p next to 1 use `gammaUpperQuantile`.
 *
 * @throws EngineError `probability_out_of_range`, `out_of_range`, `nan`
 * @example gammaQuantile(2, 0.8008517265285442) // 3
 */
export const gammaQuantile = (a: number, p: number): number => {
  checkedQuantile(a, p);
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  return p <= lowerGamma(a, a) ? solve(a, p, false) : solve(a, 1 - p, true);
};

/** The x with Q(a, x) = q; keeps the digits of a small q. @example gammaUpperQuantile(1, 1e-300) // 690.7755278982137 */
export const gammaUpperQuantile = (a: number, q: number): number => {
  checkedQuantile(a, q);
  if (q === 0 || q === 1) return q === 0 ? Infinity : 0;
  return q <= upperGamma(a, a) ? solve(a, q, true) : solve(a, 1 - q, false);
};
