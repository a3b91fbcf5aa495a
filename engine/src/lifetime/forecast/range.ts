import { incompleteBeta, logBeta } from '../../special/index.ts';
import { gaussLegendre } from '../models/gauss-legendre.ts';
import type { PurchaseParameters } from '../models/parameters.ts';
import { aliveAt, type PersonRow } from './person.ts';

const RULE = gaussLegendre(12);

/** The chance of k >= 1 purchases or more within `horizon` of somebody who is there at `age`. */
const atLeastIfAlive = (
  parameters: PurchaseParameters,
  [{ repeats, age }, horizon]: readonly [PersonRow, number],
  k: number,
): number => {
  const { r, alpha } = parameters;
  const n = r + repeats;
  // NB: the k-th purchase of a gamma mixture of Poisson processes comes within t with chance I_w(k, n), w = t/(α + T + t).
  const arrives = (t: number): number => incompleteBeta(t / (alpha + age + t), k, n);
  switch (parameters.model) {
    case 'nbd':
      return arrives(horizon);
    case 'bg_nbd':
    case 'mbg_nbd': {
      // Rate and chance to leave are independent given the past: the person must stay k - 1 times.
      const stayed = parameters.b + repeats + (parameters.model === 'mbg_nbd' ? 1 : 0);
      return (
        arrives(horizon) * Math.exp(logBeta(parameters.a, stayed + k - 1) - logBeta(parameters.a, stayed))
      );
    }
    case 'pareto_nbd': {
      // Over the time of leaving, in equal shares of chance.
      const { s, beta } = parameters;
      const stays = Math.exp(-s * Math.log1p(horizon / (beta + age)));
      let sum = stays * arrives(horizon);
      RULE.nodes.forEach((node, i) => {
        const left = (beta + age) * Math.expm1(-Math.log1p(-node * (1 - stays)) / s);
        sum += (1 - stays) * (RULE.weights[i] as number) * arrives(Math.min(horizon, left));
      });
      return sum;
    }
  }
};

export const chanceOfAtLeast = (
  parameters: PurchaseParameters,
  [row, horizon]: readonly [PersonRow, number],
  k: number,
): number =>
  k <= 0
    ? 1
    : horizon === 0
      ? 0
      : aliveAt(parameters, row) * Math.min(1, atLeastIfAlive(parameters, [row, horizon], k));

export const purchaseRange = (
  parameters: PurchaseParameters,
  future: readonly [PersonRow, number],
  coverage: number,
): { readonly low: number; readonly high: number } => {
  const tail = (1 - coverage) / 2;
  // The smallest k with P(Y >= k + 1) <= share: the (1 - share) quantile.
  const quantile = (share: number): number => {
    if (chanceOfAtLeast(parameters, future, 1) <= share) return 0;
    let [low, high] = [1, 2];
    while (chanceOfAtLeast(parameters, future, high) > share) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (chanceOfAtLeast(parameters, future, middle) > share) low = middle;
      else high = middle;
    }
    return low;
  };
  return { low: quantile(1 - tail), high: quantile(tail) };
};
