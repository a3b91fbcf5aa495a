import { checkLength } from '../errors/index.ts';
import type { Matrix } from '../linear/index.ts';
import { logistic } from '../special/index.ts';
import type { LinearModel } from './model.ts';

/**
 * Scores before the link: the outcome's own unit for `identity`, log-odds for `logistic`. O(rows × columns).
 *
 * @throws EngineError `length_mismatch`
 * @example linearScores(model, features) // log-odds
 */
export const linearScores = (model: LinearModel, features: Matrix): Float64Array => {
  const { columns, centre, coefficients, missing, intercept } = model;
  checkLength('columns', features.columns, columns);
  const out = new Float64Array(features.rows);
  for (let i = 0; i < features.rows; i++) {
    const start = i * columns;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const x = features.values[start + j] as number;
      if (!Number.isNaN(x)) sum += (coefficients[j] as number) * (x - (centre[j] as number));
    }
    for (const { column, share, coefficient } of missing)
      sum += coefficient * ((Number.isNaN(features.values[start + column]) ? 1 : 0) - share);
    out[i] = intercept + sum;
  }
  return out;
};

/**
 * Expected outcomes: probabilities for `logistic`. O(rows × columns).
 *
 * @throws EngineError `length_mismatch`
 * @example predictLinear(model, matrixOf([[1.5]]))
 */
export const predictLinear = (model: LinearModel, features: Matrix): Float64Array => {
  const scores = linearScores(model, features);
  if (model.link === 'logistic')
    for (let i = 0; i < scores.length; i++) scores[i] = logistic(scores[i] as number);
  return scores;
};
