import { logistic } from '../../special/index.ts';
import type { PurchaseParameters } from '../models/parameters.ts';
import { powerIntegral } from '../models/power-integral.ts';
import { purchasesWhileThere } from './beta-geometric.ts';

/** One person's row; times in the model's unit. */
export interface PersonRow {
  readonly repeats: number;
  readonly recency: number;
  readonly age: number;
}

/** See `asked.ts`, which checks what comes from outside. */
export const aliveAt = (parameters: PurchaseParameters, { repeats: x, recency, age }: PersonRow): number => {
  const { r, alpha } = parameters;
  switch (parameters.model) {
    case 'nbd':
      return 1;
    case 'bg_nbd':
    case 'mbg_nbd': {
      const early = parameters.model === 'mbg_nbd' ? 1 : 0;
      if (x + early === 0) return 1;
      const silence = Math.log1p((age - recency) / (alpha + recency));
      return logistic(Math.log(parameters.b + (x + early - 1)) - Math.log(parameters.a) - (r + x) * silence);
    }
    case 'pareto_nbd': {
      const { s, beta } = parameters;
      const gone = s * powerIntegral({ alpha, beta, p: r + x, q: s }, [recency, age]);
      if (gone === 0) return 1;
      const stay =
        -(r + x) * Math.log1p((age - recency) / (alpha + recency)) -
        s * Math.log1p((age - recency) / (beta + recency));
      return logistic(stay - Math.log(gone));
    }
  }
};

/** Expected purchases within `horizon` of somebody who is there at `age`. */
const purchasesIfAlive = (
  parameters: PurchaseParameters,
  { repeats: x, age }: PersonRow,
  horizon: number,
): number => {
  const { r, alpha } = parameters;
  const shape = r + x;
  const stretch = horizon / (alpha + age);
  switch (parameters.model) {
    case 'nbd':
      return shape * stretch;
    case 'bg_nbd':
    case 'mbg_nbd': {
      const stayed = parameters.b + x + (parameters.model === 'mbg_nbd' ? 1 : 0);
      return purchasesWhileThere({ shape, stretch, a: parameters.a, stayed });
    }
    case 'pareto_nbd': {
      const { s, beta } = parameters;
      const log = Math.log1p(horizon / (beta + age));
      // (1 - e^{-(s-1) log})/(s - 1), which is log at s = 1.
      const span = s === 1 ? log : -Math.expm1((1 - s) * log) / (s - 1);
      return (shape / (alpha + age)) * (beta + age) * span;
    }
  }
};

export const expectedPurchases = (parameters: PurchaseParameters, row: PersonRow, horizon: number): number =>
  horizon === 0 ? 0 : aliveAt(parameters, row) * purchasesIfAlive(parameters, row, horizon);

export const chanceToBuy = (parameters: PurchaseParameters, row: PersonRow, horizon: number): number => {
  if (horizon === 0) return 0;
  const { r, alpha } = parameters;
  const shape = r + row.repeats;
  if (parameters.model !== 'pareto_nbd')
    return aliveAt(parameters, row) * -Math.expm1(-shape * Math.log1p(horizon / (alpha + row.age)));
  const { s, beta } = parameters;
  const powers = { alpha: beta + row.age, beta: alpha + row.age, p: s, q: shape };
  return aliveAt(parameters, row) * Math.min(1, shape * powerIntegral(powers, [0, horizon]));
};
