import { findRetailLines, instantOf } from '../../../testing/online-retail.ts';

export interface RetailOrder {
  readonly customer: string;
  /** The shop's clock, read as if it were UTC. */
  readonly atMs: number;
}

/** Orders of known customers with at least one product sold, by the cleaning rules of the reference; undefined without the data. */
export const retailOrders = (): readonly RetailOrder[] | undefined => {
  const lines = findRetailLines();
  if (!lines) return undefined;
  const orders = new Map<string, RetailOrder>();
  for (const line of lines)
    if (!orders.has(line.invoice))
      orders.set(line.invoice, { customer: line.customer, atMs: instantOf(line) });
  return [...orders.values()];
};
