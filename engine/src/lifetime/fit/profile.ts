import { engineError } from '../../errors/index.ts';
import type { Estimate } from '../../fairness/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { logsOf, objectiveOf } from '../models/objective.ts';
import { namesOf } from '../models/parameters.ts';
import { groupRows, type PurchaseRows } from '../orders/index.ts';
import { withPrior } from './descend.ts';
import type { PurchaseModel } from './model.ts';
import { priorOf, scaleOf } from './starts.ts';
import { steadyWatch } from './steady.ts';
import { profileEnd } from './walk.ts';

export interface ParameterInterval extends Estimate {
  readonly name: string;
  /** The likelihood never falls far enough on that side: `low` is 0, or `high` Infinity. */
  readonly openBelow: boolean;
  readonly openAbove: boolean;
}

/**
 * 95 % profile-likelihood intervals of a fitted model's parameters (with its priors, where it has them): each parameter is held and the
 * others optimised anew until the log-likelihood has fallen by 1.92. No curvature is assumed, so the flat ridge of Pareto/NBD (alpha with
 * r, beta with s) shows as what it is: an interval that is long, or open. Some 300 evaluations; `rows` are those of the fit.
 *
 * @throws EngineError as `fitPurchases`; `out_of_range` when the rows are not the fit's
 * @example parameterIntervals(model, summaries)[3] // { name: 'beta', value: 11.7, low: 5.0, high: 27.9, … }
 */
export const parameterIntervals = (
  model: PurchaseModel,
  rows: PurchaseRows,
  told?: Watch,
): readonly ParameterInterval[] => {
  const { watch, pulse } = steadyWatch(told);
  const groups = groupRows(rows, watch);
  const { meanAge, people } = scaleOf(groups);
  if (people !== model.people)
    throw engineError('out_of_range', 'these are not the rows of the fit', { people, fitted: model.people });
  const { parameters } = model;
  const plain = objectiveOf(parameters.model, groups, pulse);
  const objective = withPrior(
    plain,
    model.estimate === 'map' ? priorOf(parameters.model, meanAge) : undefined,
  );
  const optimum = logsOf(parameters);
  const bottom = objective(optimum, new Float64Array(optimum.length));
  const names = namesOf(parameters.model);
  return names.map((name, held) => {
    const part = (half: number): Watch | undefined =>
      watchPart(watch, (held + half / 2) / names.length, (held + (half + 1) / 2) / names.length);
    const side = { objective, optimum, bottom, held };
    const down = profileEnd({ ...side, sign: -1, watch: part(0) });
    const up = profileEnd({ ...side, sign: 1, watch: part(1) });
    return {
      name,
      value: Math.exp(optimum[held] as number),
      low: down.isOpen ? 0 : Math.exp(down.logs[held] as number),
      high: up.isOpen ? Infinity : Math.exp(up.logs[held] as number),
      openBelow: down.isOpen,
      openAbove: up.isOpen,
    };
  });
};
