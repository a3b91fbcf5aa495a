import { engineError } from '../errors/index.ts';
import { betaQuantile, incompleteBeta, incompleteBetaTail } from './incomplete-beta.ts';
import { normalQuantile, normalTail } from './normal.ts';

/** Above this, t and z agree to 1e-16 of the quantile's own error for every practical tail. */
const MANY_DEGREES = 1e15;

const checkDegrees = (degrees: number): void => {
  if (degrees > 0) return;
  throw engineError(
    Number.isNaN(degrees) ? 'nan' : 'out_of_range',
    `degrees of freedom must be > 0, got ${degrees}`,
  );
};

/**
 * P(T > t) for Student's t with `degrees` > 0 (real; Infinity is the normal). Accurate in both tails.
 * Source: DLMF 8.17 with x = ν/(ν + t²).
 *
 * @throws EngineError `out_of_range`, `nan`
 * @example studentTail(2, 10) // 0.03669401738537018
 */
export const studentTail = (t: number, degrees: number): number => {
  checkDegrees(degrees);
  if (Number.isNaN(t)) throw engineError('nan', 'studentTail: t is NaN');
  if (t < 0) return 1 - studentTail(-t, degrees);
  if (t === Infinity) return 0;
  if (degrees > MANY_DEGREES) return normalTail(t);
  const square = t * t;
  // The smaller of x and 1 - x is handed over, so that neither end loses digits.
  return square < degrees
    ? 0.5 * incompleteBetaTail(square / (degrees + square), 0.5, degrees / 2)
    : 0.5 * incompleteBeta(degrees / (degrees + square), degrees / 2, 0.5);
};

/** P(T <= t). @example studentCdf(-2, 10) // 0.03669401738537018 */
export const studentCdf = (t: number, degrees: number): number => studentTail(-t, degrees);

/** P(|T| > |t|), the two-sided p-value. */
export const studentTwoSided = (t: number, degrees: number): number => 2 * studentTail(Math.abs(t), degrees);

/**
 * The t with P(T <= t) = p; ±Infinity at 0 and 1.
 *
 * @throws EngineError `probability_out_of_range`, `out_of_range`, `nan`
 * @example studentQuantile(0.975, 10) // 2.2281388519862744
 */
export const studentQuantile = (p: number, degrees: number): number => {
  checkDegrees(degrees);
  if (degrees > MANY_DEGREES || p === 0 || p === 1 || !(p >= 0 && p <= 1)) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  // Near the middle t²/(ν + t²) is the small one; in the tail ν/(ν + t²) is.
  const near = betaQuantile(1 - 2 * tail, 0.5, degrees / 2);
  let t: number;
  if (near < 0.5) t = Math.sqrt((degrees * near) / (1 - near));
  else {
    const far = betaQuantile(2 * tail, degrees / 2, 0.5);
    t = Math.sqrt((degrees * (1 - far)) / far);
  }
  return p < 0.5 ? -t : t;
};
