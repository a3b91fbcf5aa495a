import type { Orders } from '../src/lifetime/index.ts';
import { findRetail, instantOf, isPaidByCustomer, isSale } from './online-retail.ts';

/** Collects rows of (person's key, day as ms, amount). */
const ordersFrom = (rows: Iterable<readonly [string, number, number]>): Orders => {
  const ids = new Map<string, number>();
  const [person, atMs, amount]: [number[], number[], number[]] = [[], [], []];
  for (const [key, when, paid] of rows) {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    person.push(id);
    atMs.push(when);
    amount.push(paid);
  }
  return {
    people: ids.size,
    person: Uint32Array.from(person),
    atMs: Float64Array.from(atMs),
    amount: Float64Array.from(amount),
  };
};

/** CDNOW's master file (id, date, CDs, amount) or its sample (with the sample's id as a second column). */
export const cdnowOrders = (text: string): Orders =>
  ordersFrom(
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(-5))
      .filter((fields) => /^\d{8}$/.test(fields.at(-3) ?? ''))
      .map((fields) => {
        const [id = '', date = '', , paid = ''] = fields.slice(-4);
        const when = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)));
        return [id, when, Number(paid)] as const;
      }),
  );

/** UCI Online Retail: lines with a customer, a positive quantity and price, no cancellation; one order a line. */
export const findRetailOrders = (): Orders | undefined => {
  const lines = findRetail()?.filter((line) => isSale(line) && isPaidByCustomer(line));
  return (
    lines &&
    ordersFrom(lines.map((line) => [line.customer, instantOf(line), line.quantity * line.price] as const))
  );
};
