import { isEngineError } from '../src/errors/index.ts';
import {
  type Orders,
  type PurchaseModelName,
  type PurchaseParameters,
  summarise,
} from '../src/lifetime/index.ts';
import { simulateLifetimeShop } from './lifetime-shop.ts';

export const DAY = 86_400_000;
export const truths = {
  nbd: { model: 'nbd', r: 0.5, alpha: 8 },
  bg_nbd: { model: 'bg_nbd', r: 0.5, alpha: 6, a: 0.8, b: 2.5 },
  mbg_nbd: { model: 'mbg_nbd', r: 0.6, alpha: 6, a: 0.8, b: 2 },
  pareto_nbd: { model: 'pareto_nbd', r: 0.6, alpha: 8, s: 0.6, beta: 10 },
} as const satisfies Record<PurchaseModelName, PurchaseParameters>;
export const names = Object.keys(truths) as PurchaseModelName[];

export const shopOf = (model: PurchaseModelName, people = 1500, seed: number | string = 1) =>
  simulateLifetimeShop({ people, parameters: truths[model], seed, joinDays: 90, days: 546 });
export const rowsOf = (orders: Orders, days = 273) => summarise(orders, { untilMs: days * DAY });
export const fitted = <T extends { readonly kind: string }>(
  made: T,
): Exclude<T, { readonly kind: 'no_answer' }> => {
  if (made.kind === 'no_answer') throw new Error(JSON.stringify(made));
  return made as Exclude<T, { readonly kind: 'no_answer' }>;
};
export const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return isEngineError(error) ? error.code : 'another error';
  }
  return undefined;
};
