import { gaussLegendre } from '../models/gauss-legendre.ts';
import type { PurchaseParameters } from '../models/parameters.ts';
import { expectedPurchases, type PersonRow } from './person.ts';

const RULE = gaussLegendre(12);
/** Ends of panels, in units of 1/δ: within each e^(-δt) falls by a few powers of e, and beyond the last nothing is left. */
const PANELS = [2, 8, 40] as const;

/** What purchases are smooth on: they are functions of t over (α + T), and of t over (β + T). */
const scaleOf = (parameters: PurchaseParameters, age: number): number =>
  age + (parameters.model === 'pareto_nbd' ? Math.min(parameters.alpha, parameters.beta) : parameters.alpha);

/**
 * ∫ e^(-δt) dE(t) over the horizon, by parts: e^(-δH) E(H) + δ ∫ e^(-δt) E(t) dt, by Gauss–Legendre in u = ln(1 + t/c): in t itself a horizon
 * that is long beside the past would need many nodes (six were wrong by 1e-3 to 1e-1). At a tenth a year over ten years for a newcomer within
 * 1e-11 under usual parameters, 1e-5 at worst; 13 to 37 expectations.
 */
export const discountedPurchases = (
  parameters: PurchaseParameters,
  row: PersonRow,
  { horizon, rate }: { readonly horizon: number; readonly rate: number },
): number => {
  const end = Math.exp(-rate * horizon) * expectedPurchases(parameters, row, horizon);
  if (rate === 0) return end;
  const scale = scaleOf(parameters, row.age);
  let sum = 0;
  let from = 0;
  for (const panel of PANELS) {
    const to = Math.log1p(Math.min(horizon, panel / rate) / scale);
    if (!(to > from)) break;
    const width = to - from;
    RULE.nodes.forEach((node, i) => {
      const t = scale * Math.expm1(from + width * node);
      const weight = (RULE.weights[i] as number) * width * (scale + t);
      sum += weight * Math.exp(-rate * t) * expectedPurchases(parameters, row, t);
    });
    from = to;
  }
  return end + rate * sum;
};
