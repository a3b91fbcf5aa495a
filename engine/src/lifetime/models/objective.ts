import type { RowGroups } from '../orders/index.ts';
import type { Pulse } from '../orders/pulse.ts';
import { betaGeometricObjective } from './beta-geometric.ts';
import { nbdObjective } from './nbd.ts';
import { checkParameters, namesOf, type PurchaseModelName, type PurchaseParameters } from './parameters.ts';
import { paretoObjective } from './pareto.ts';
import type { Objective } from './tables.ts';

/** The likelihood of grouped rows under a model: see its file. */
export const objectiveOf = (model: PurchaseModelName, groups: RowGroups, pulse?: Pulse): Objective => {
  switch (model) {
    case 'nbd':
      return nbdObjective(groups, pulse);
    case 'bg_nbd':
      return betaGeometricObjective(groups, 0, pulse);
    case 'mbg_nbd':
      return betaGeometricObjective(groups, 1, pulse);
    case 'pareto_nbd':
      return paretoObjective(groups, pulse);
  }
};

export const logsOf = (parameters: PurchaseParameters): Float64Array =>
  Float64Array.from(namesOf(parameters.model), (name) =>
    Math.log((parameters as unknown as Record<string, number>)[name] as number),
  );

/**
 * Sum over people of the log-likelihood at given parameters, without the constants that no parameter moves (as the papers).
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite` for parameters that are not > 0
 */
export const logLikelihoodAt = (parameters: PurchaseParameters, groups: RowGroups): number => {
  checkParameters(parameters);
  const logs = logsOf(parameters);
  return -objectiveOf(parameters.model, groups)(logs, new Float64Array(logs.length));
};
