import { engineError } from '../errors/index.ts';
import { erfc, erfcx } from './erf.ts';

const SQRT_HALF = Math.SQRT1_2;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** The standard normal density. @example normalDensity(0) // 0.3989422804014327 */
export const normalDensity = (z: number): number => INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * z * z);

/** P(Z > z) of a standard normal; keeps its relative accuracy (3e-15 up to z = 37). @example normalTail(10) // 7.6e-24 */
export const normalTail = (z: number): number => 0.5 * erfcHalf(z);

/** P(Z <= z) of a standard normal, accurate in both tails. @example normalCdf(-10) // 7.619853024160527e-24 */
export const normalCdf = (z: number): number => normalTail(-z);

/** erfc(z/√2); √½ in two parts keeps z² ulps from being lost in the tail. */
const erfcHalf = (z: number): number => {
  const x = z * SQRT_HALF;
  if (x < 2) return erfc(x);
  if (z > 39) return 0;
  const high = Math.round(z * 65536) / 65536;
  return Math.exp(-0.5 * high * high) * Math.exp(-0.5 * (z - high) * (z + high)) * erfcx(x);
};

/**
 * ln P(Z > z), finite for every finite z. @example logNormalTail(1e3) // -500007.826694812
 */
export const logNormalTail = (z: number): number =>
  z > 2 ? Math.log(0.5 * erfcx(z * SQRT_HALF)) - 0.5 * z * z : Math.log1p(-normalTail(-z));

/** ln P(Z <= z), finite for every finite z. @example logNormalCdf(-40) // -804.6084420137538 */
export const logNormalCdf = (z: number): number => logNormalTail(-z);

const polynomial = (coefficients: readonly number[], x: number): number => {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + (coefficients[k] as number);
  return sum;
};

// Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution", PPND16.
const CENTRE_TOP = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const CENTRE_BOTTOM = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
];
const NEAR_TOP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const NEAR_BOTTOM = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_TOP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_BOTTOM = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * The z with P(Z <= z) = p; -Infinity at 0, Infinity at 1. Relative error about 1e-15.
 * For p next to 1 use `normalUpperQuantile`, whose argument keeps its digits. Source: Wichura's AS 241.
 *
 * @throws EngineError `probability_out_of_range`, `nan`
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) {
    const code = Number.isNaN(p) ? 'nan' : 'probability_out_of_range';
    throw engineError(code, `normalQuantile: p must be in [0, 1], got ${p}`, { p });
  }
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(NEAR_TOP, r - 1.6) / polynomial(NEAR_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -z : z;
};

/** The z with P(Z > z) = p. @example normalUpperQuantile(0.025) // 1.959963984540054 */
export const normalUpperQuantile = (p: number): number => {
  const z = normalQuantile(p);
  return z === 0 ? 0 : -z;
};
