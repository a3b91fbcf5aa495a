import { findData } from '../../../testing/beside-the-project.ts';

const MONTHS = [
  '2010-12',
  '2011-01',
  '2011-02',
  '2011-03',
  '2011-04',
  '2011-05',
  '2011-06',
  '2011-07',
  '2011-08',
];

export interface RetailOrder {
  readonly customer: string;
  /** The shop's clock, read as if it were UTC. */
  readonly atMs: number;
}

/** Orders of known customers with at least one product sold, by the cleaning rules of the reference; undefined without the data. */
export const retailOrders = (): readonly RetailOrder[] | undefined => {
  const orders = new Map<string, RetailOrder>();
  for (const month of MONTHS) {
    const text = findData(`online-retail/${month}.csv.gz`);
    if (text === undefined) return undefined;
    for (const line of text.split('\n').slice(1)) {
      const cells = line
        .trim()
        .replace(/"(?:[^"]|"")*"/g, 'quoted')
        .split(',');
      const [invoice = '', sku = '', , quantity, at = '', price, customer = ''] = cells;
      if (customer === '' || !(Number(quantity) > 0) || !(Number(price) > 0)) continue;
      if (invoice.startsWith('C') || !/^\d{5}/.test(sku) || orders.has(invoice)) continue;
      orders.set(invoice, { customer, atMs: Date.parse(`${at.replace(' ', 'T')}Z`) });
    }
  }
  return [...orders.values()];
};
