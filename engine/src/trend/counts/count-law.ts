import { incompleteBeta, incompleteBetaTail } from '../../special/index.ts';

/**
 * A count's law: with chance `zeros` nothing (out of stock, closed), else negative binomial with `mean` and variance
 * mean + mean²/`size`. A large size is Poisson.
 */
export interface CountLaw {
  /** > 0. */
  readonly mean: number;
  /** > 0. */
  readonly size: number;
  /** In [0, 1). */
  readonly zeros: number;
}

/** P(Y >= count). A beta tail, so tiny chances keep their digits. Source: DLMF 8.17.24. */
export const countUpperTail = ({ mean, size, zeros }: CountLaw, count: number): number =>
  count <= 0 ? 1 : (1 - zeros) * incompleteBeta(mean / (mean + size), count, size);

/** P(Y <= count). */
export const countLowerTail = ({ mean, size, zeros }: CountLaw, count: number): number =>
  count < 0 ? 0 : zeros + (1 - zeros) * incompleteBetaTail(mean / (mean + size), count + 1, size);

/**
 * ln of the likelihood ratio of one count when the mean is `factor` times what the law says: under the law its exponential has
 * expectation 1, whatever the factor. `count` >= 0, `factor` > 0. O(1).
 *
 * @example logRatio({ mean: 4, size: 1e9, zeros: 0 }, 8, 2) // 8 ln 2 - 4, as Poisson
 */
export const logRatio = ({ mean, size, zeros }: CountLaw, count: number, factor: number): number => {
  const ratio = Math.log1p((mean * (factor - 1)) / (mean + size));
  if (count > 0) return count * Math.log(factor) - (count + size) * ratio;
  if (zeros === 0) return -size * ratio;
  const usual = (1 - zeros) * Math.exp(-size * Math.log1p(mean / size));
  return Math.log((zeros + usual * Math.exp(-size * ratio)) / (zeros + usual));
};
