import { findData } from './beside-the-project.ts';

/** A line of UCI Online Retail as the file has it. */
export interface RetailLine {
  /** Begins with C where it is cancelled. */
  readonly invoice: string;
  readonly sku: string;
  readonly description: string;
  /** Pieces; below 0 for what went back. */
  readonly quantity: number;
  /** `2011-07-01 08:26:00`, by the shop's clock, so that instants compare as text. */
  readonly at: string;
  /** Of a piece, in pounds. */
  readonly price: number;
  /** Empty where nobody knows. */
  readonly customer: string;
  readonly country: string;
}

/** December 2010 to August 2011: the rest is kept for others to check with. */
const MONTHS = ['2010-12', ...Array.from({ length: 8 }, (_, i) => `2011-0${i + 1}`)];

const cellsOf = (line: string): readonly string[] =>
  line.includes('"')
    ? [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      )
    : line.split(',');

const lineOf = (line: string): RetailLine => {
  const [invoice = '', sku = '', description = '', quantity, at = '', price, customer = '', country = ''] =
    cellsOf(line);
  return {
    invoice,
    sku,
    description,
    quantity: Number(quantity),
    at,
    price: Number(price),
    customer,
    country,
  };
};

/** All lines of all nine months, cancellations and postage too; undefined on a clone without them. Reads some 0.5 s. */
export const findRetail = (): readonly RetailLine[] | undefined => {
  const lines: RetailLine[] = [];
  for (const month of MONTHS) {
    const text = findData(`online-retail/${month}.csv.gz`);
    if (text === undefined) return undefined;
    for (const line of text.split(/\r?\n/).slice(1)) if (line !== '') lines.push(lineOf(line));
  }
  return lines;
};

export const isSale = ({ invoice, quantity }: RetailLine): boolean =>
  quantity > 0 && !invoice.startsWith('C');
/** Not postage, a fee or a correction by hand. */
export const isProduct = ({ sku }: RetailLine): boolean => /^\d{5}/.test(sku);
export const isPaidByCustomer = ({ customer, price }: RetailLine): boolean => customer !== '' && price > 0;

/** Those that the reference keeps: see the case `online_retail_counts` of `recommend.json`. */
export const findRetailLines = (): readonly RetailLine[] | undefined =>
  findRetail()?.filter((line) => isSale(line) && isProduct(line) && isPaidByCustomer(line));

/** The shop's clock, read as if it were UTC. */
export const instantOf = ({ at }: RetailLine): number => Date.parse(`${at.replace(' ', 'T')}Z`);
