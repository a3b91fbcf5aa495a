import { gaussLegendre } from '../models/gauss-legendre.ts';
import type { PurchaseParameters } from '../models/parameters.ts';
import { expectedPurchases, type PersonRow } from './person.ts';

// e^(-δt) E(t) is smooth: six nodes give ten digits and more.
const RULE = gaussLegendre(6);

/**
 * ∫ e^(-δt) dE(t) over the horizon, by parts: e^(-δH) E(H) + δ ∫ e^(-δt) E(t) dt.
 */
export const discountedPurchases = (
  parameters: PurchaseParameters,
  row: PersonRow,
  { horizon, rate }: { readonly horizon: number; readonly rate: number },
): number => {
  const end = Math.exp(-rate * horizon) * expectedPurchases(parameters, row, horizon);
  if (rate === 0) return end;
  let sum = 0;
  RULE.nodes.forEach((node, i) => {
    const t = node * horizon;
    sum += (RULE.weights[i] as number) * Math.exp(-rate * t) * expectedPurchases(parameters, row, t);
  });
  return end + rate * horizon * sum;
};
