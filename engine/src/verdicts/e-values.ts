import { checkLevel, checkProbability, engineError } from '../errors/index.ts';
import { logSumExp } from '../special/index.ts';

/** Logarithms of e-values: 20 is ln e = 2.996; -Infinity is e = 0, Infinity is allowed. */
export type LogEValues = ArrayLike<number>;

const checkLogs = (logE: LogEValues): void => {
  for (let i = 0; i < logE.length; i++) {
    if (Number.isNaN(logE[i])) throw engineError('nan', `logE[${i}] is NaN`, { index: i });
  }
};

export interface EVerdicts {
  /** In the order given. */
  readonly rejected: readonly boolean[];
  /** ln of the e-value that this many rejections need; Infinity without a rejection. */
  readonly threshold: number;
}

/**
 * e-BH: false discovery rate at most alpha **whatever the dependence** of the tests, and at whatever moments each was stopped, when the
 * e-values come from e-processes. Rejects the k largest with e >= n/(k alpha). O(n log n).
 * Source: Wang and Ramdas 2022, arXiv 2009.02824, section 4.
 *
 * @throws EngineError `nan`, `probability_out_of_range`
 * @example eBenjaminiHochberg([Math.log(100), Math.log(50), 0], 0.05).rejected // [true, true, false]
 */
export const eBenjaminiHochberg = (logE: LogEValues, alpha: number): EVerdicts => {
  checkLogs(logE);
  checkLevel('alpha', alpha);
  const n = logE.length;
  const sorted = Array.from(logE).sort((a, b) => b - a);
  let threshold = Infinity;
  for (let k = n; k >= 1; k--) {
    const needed = Math.log(n / (k * alpha));
    if ((sorted[k - 1] as number) >= needed) {
      threshold = needed;
      break;
    }
  }
  return { rejected: Array.from(logE, (value) => value >= threshold), threshold };
};

/**
 * Bonferroni on e-values: one wrong rejection or more with chance at most alpha, at any stopping. O(n).
 *
 * @example eBonferroni([Math.log(100), 0], 0.05).rejected // [true, false]
 */
export const eBonferroni = (logE: LogEValues, alpha: number): EVerdicts => {
  checkLogs(logE);
  const threshold = Math.log(logE.length / checkLevel('alpha', alpha));
  return { rejected: Array.from(logE, (value) => value >= threshold), threshold };
};

/**
 * Holm on e-values, by closing the average: rejects i when every set that holds i has an average e of 1/alpha or more. Never fewer
 * rejections than `eBonferroni`. O(n²). Source: Vovk and Wang 2021, arXiv 1912.06116, algorithm 1.
 *
 * @example eHolm([Math.log(50), Math.log(30)], 0.05).rejected // [true, true]
 */
export const eHolm = (
  logE: LogEValues,
  alpha: number,
): { readonly rejected: readonly boolean[]; readonly adjusted: Float64Array } => {
  checkLogs(logE);
  const limit = -Math.log(checkLevel('alpha', alpha));
  const n = logE.length;
  const rising = Array.from(logE).sort((a, b) => a - b);
  // The worst set for i holds i and the smallest others: averages of {e_i, e_(1) … e_(k)}.
  const prefix = new Float64Array(n + 1).fill(-Infinity);
  for (let k = 0; k < n; k++) prefix[k + 1] = logSumExp([prefix[k] as number, rising[k] as number]);
  const adjusted = Float64Array.from(logE, (own) => {
    let worst = own;
    for (let k = 1; k <= n; k++) {
      // Only the values below one's own can lower the average.
      if ((rising[k - 1] as number) >= own) break;
      worst = Math.min(worst, logSumExp([own, prefix[k] as number]) - Math.log(k + 1));
    }
    return worst;
  });
  return { rejected: Array.from(adjusted, (value) => value >= limit), adjusted };
};

/**
 * ln of the average: the one symmetric way to merge e-values of whatever dependence. O(n). Source: Vovk and Wang 2021, prop. 3.1.
 *
 * @example mergeDependent([Math.log(2), Math.log(4)]) // ln 3
 */
export const mergeDependent = (logE: LogEValues): number => {
  checkLogs(logE);
  if (logE.length === 0) throw engineError('empty_input', 'no e-values to merge');
  return logSumExp(logE) - Math.log(logE.length);
};

/**
 * ln of the product: for independent e-values, or each conditional on those before. O(n).
 *
 * @example mergeIndependent([Math.log(2), Math.log(3)]) // ln 6
 */
export const mergeIndependent = (logE: LogEValues): number => {
  checkLogs(logE);
  let sum = 0;
  for (let i = 0; i < logE.length; i++) {
    const value = logE[i] as number;
    if (value === -Infinity) return -Infinity;
    sum += value;
  }
  return sum;
};

/** A p-value, valid at any stopping when e is from an e-process: min(1, 1/e) (Ville; Markov). @example eToP(Math.log(20)) // 0.05 */
export const eToP = (logE: number): number => {
  if (Number.isNaN(logE)) throw engineError('nan', 'logE is NaN');
  return Math.min(1, Math.exp(-logE));
};

/**
 * ln of an e-value from a p-value by Shafer's calibrator 1/√p - 1: for a metric that has only a p-value (then stopped once, not at will).
 * O(1). Source: Vovk and Wang 2021, section 2.
 *
 * @example pToE(0.01) // ln 9
 */
export const pToE = (pValue: number): number => {
  checkProbability('pValue', pValue);
  return pValue === 0 ? Infinity : Math.log(1 / Math.sqrt(pValue) - 1);
};
