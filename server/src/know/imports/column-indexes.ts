import { type ImportField, type ImportMapping, importFields } from '@mesure/contract/imports';
import { appError } from '#platform/errors';
import { nearest } from './nearest.ts';

/** Where each meaning stands in a record; -1 where the file does not have it. */
export type ColumnIndexes = Readonly<Record<ImportField, number>>;

export interface ConsentIndexes {
  readonly column: number;
  readonly dateColumn: number;
  /** -1 when one sentence holds for the whole file. */
  readonly sourceColumn: number;
}

export const missingColumn = (what: string, column: string, header: readonly string[]) => {
  const near = nearest(column, header);
  return appError('unprocessable', {
    message: `There is no column "${column}" (mapped to ${what}).${near === null ? '' : ` The nearest is "${near}".`} The columns are: ${header.join(', ').slice(0, 600)}.`,
    details: { reason: 'column_not_found', column, field: what, nearest: near },
  });
};

const indexOf = (what: string, column: string, header: readonly string[]): number => {
  const index = header.indexOf(column);
  if (index < 0) throw missingColumn(what, column, header);
  return index;
};

const incomplete = (message: string, missing: readonly string[]) =>
  appError('unprocessable', { message, details: { reason: 'mapping_incomplete', missing } });

/** A file without these cannot become orders. */
const checkComplete = (mapping: ImportMapping): void => {
  const { columns } = mapping;
  if (columns.orderDate === undefined) {
    throw incomplete('No column is mapped to the order date. Say which one it is.', ['orderDate']);
  }
  if (columns.sku === undefined && columns.productName === undefined) {
    throw incomplete('No column says what was bought. Map the product code or the product name.', [
      'sku',
      'productName',
    ]);
  }
  if (columns.unitPrice === undefined && columns.lineTotal === undefined) {
    throw incomplete('No column says the price. Map the unit price or the line total.', [
      'unitPrice',
      'lineTotal',
    ]);
  }
  if (columns.orderId === undefined && columns.customerId === undefined && columns.email === undefined) {
    throw incomplete('No column tells orders apart. Map the order number, or the customer.', [
      'orderId',
      'customerId',
      'email',
    ]);
  }
};

/** @throws unprocessable naming the column that is not there and the nearest one, or what is not mapped. */
export const findColumns = (mapping: ImportMapping, header: readonly string[]): ColumnIndexes => {
  checkComplete(mapping);
  const indexes = {} as Record<ImportField, number>;
  for (const field of importFields) {
    const column = mapping.columns[field];
    indexes[field] = column === undefined ? -1 : indexOf(field, column, header);
  }
  return indexes;
};

export const findConsentColumns = (
  mapping: ImportMapping,
  header: readonly string[],
): readonly ConsentIndexes[] =>
  mapping.consents.map((consent) => ({
    column: indexOf(`consent ${consent.purpose}`, consent.column, header),
    dateColumn: indexOf(`date of consent ${consent.purpose}`, consent.dateColumn, header),
    sourceColumn:
      'column' in consent.source
        ? indexOf(`source of consent ${consent.purpose}`, consent.source.column, header)
        : -1,
  }));
