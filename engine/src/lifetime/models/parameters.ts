import { checkPositive } from '../../errors/index.ts';

/**
 * Purchase models, each with its parameters > 0, in their usual names. All let people buy at rates λ that are gamma distributed
 * (shape r, rate alpha in units of time); they differ in how people leave.
 *
 * - `nbd` nobody leaves (Ehrenberg 1959)
 * - `bg_nbd` after each repeat purchase with a chance that is beta(a, b) distributed (Fader, Hardie and Lee 2005)
 * - `mbg_nbd` the same, and already after the first purchase (Batislam, Denizel and Filiztekin 2007)
 * - `pareto_nbd` at any time, at rates that are gamma (s, beta) distributed (Schmittlein, Morrison and Colombo 1987)
 */
export type PurchaseParameters =
  | { readonly model: 'nbd'; readonly r: number; readonly alpha: number }
  | {
      readonly model: 'bg_nbd' | 'mbg_nbd';
      readonly r: number;
      readonly alpha: number;
      readonly a: number;
      readonly b: number;
    }
  | {
      readonly model: 'pareto_nbd';
      readonly r: number;
      readonly alpha: number;
      readonly s: number;
      readonly beta: number;
    };

export type PurchaseModelName = PurchaseParameters['model'];

/** The parameters' names, in the order of vectors. */
export const namesOf = (model: PurchaseModelName): readonly string[] => {
  switch (model) {
    case 'nbd':
      return ['r', 'alpha'];
    case 'pareto_nbd':
      return ['r', 'alpha', 's', 'beta'];
    case 'bg_nbd':
    case 'mbg_nbd':
      return ['r', 'alpha', 'a', 'b'];
  }
};

/** Parameters from their logarithms. */
export const fromLogs = (model: PurchaseModelName, logs: ArrayLike<number>): PurchaseParameters => {
  const [r = 1, alpha = 1, third = 1, fourth = 1] = Array.from(logs, Math.exp);
  switch (model) {
    case 'nbd':
      return { model, r, alpha };
    case 'pareto_nbd':
      return { model, r, alpha, s: third, beta: fourth };
    case 'bg_nbd':
    case 'mbg_nbd':
      return { model, r, alpha, a: third, b: fourth };
  }
};

/** @throws EngineError `nan`, `not_finite`, `out_of_range` unless all are > 0 */
export const checkParameters = (parameters: PurchaseParameters): void => {
  for (const name of namesOf(parameters.model))
    checkPositive(name, (parameters as unknown as Record<string, number>)[name] as number);
};
