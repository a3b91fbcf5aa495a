import type { ImportMapping } from '@mesure/contract/imports';
import type { ColumnIndexes } from './column-indexes.ts';
import { withoutApostrophe } from './csv-output.ts';
import { parseScaled } from './decimal.ts';
import { createFingerprintSet, fingerprint } from './fingerprints.ts';
import { createInstantReader } from './instants.ts';
import { createItems } from './item-kind.ts';
import {
  amountMinor,
  lineTotalMinor,
  minorDigits,
  PRICE_PLACES,
  QUANTITY_PLACES,
  unitPriceOf,
} from './money.ts';
import type { OrderLine } from './order-line.ts';
import type { CsvRecord } from './split-records.ts';
import { flags, type SetAsideReason } from './trouble.ts';
import {
  cleanCustomerId,
  cleanEmail,
  cleanId,
  clip,
  type OrderStatus,
  readCurrency,
  readStatus,
  readYesNo,
} from './written-values.ts';

export interface SetAside {
  readonly reason: SetAsideReason;
  /** What was found, for a sample. */
  readonly value: string;
}

export type LineResult =
  | { readonly ok: true; readonly line: OrderLine }
  | { readonly ok: false; readonly setAside: SetAside; readonly fields: readonly string[] };

export interface LineReaderOptions {
  readonly mapping: ImportMapping;
  readonly columns: ColumnIndexes;
  readonly width: number;
  /** Dates after this instant (UTC milliseconds) are imported and counted. */
  readonly now: number;
}

const ONE = 10 ** QUANTITY_PLACES;
const MAX_TEXT = 500;
const MAX_ID = 200;

const text = (fields: readonly string[], index: number): string => {
  if (index < 0) return '';
  return clip(withoutApostrophe((fields[index] ?? '').trim()), MAX_TEXT);
};

/** Order-level columns that an export may leave blank on the later lines of an order. */
const orderLevel = [
  'orderDate',
  'customerId',
  'email',
  'firstName',
  'lastName',
  'fullName',
  'phone',
  'language',
  'country',
  'region',
  'city',
  'timeZone',
  'currency',
  'status',
  'cancelledAt',
  'gift',
] as const;

const createFillDown = (columns: ColumnIndexes) => {
  const indexes = orderLevel.map((field) => columns[field]).filter((index) => index >= 0);
  let last: readonly string[] = [];
  return (fields: string[]): void => {
    const order = columns.orderId;
    if ((fields[order] ?? '').trim() === '' && last[order] !== undefined) fields[order] = last[order];
    if (last[order] === fields[order]) {
      for (const index of indexes) if ((fields[index] ?? '').trim() === '') fields[index] = last[index] ?? '';
    }
    last = fields;
  };
};

/** A code for a product that has only a name, the same each time the name comes. */
const skuFromName = (name: string): string =>
  `name:${name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 80)}`;

/** Cancelled at: a date, or yes. */
const readCancelled = (value: string): boolean => value !== '' && readYesNo(value) !== false;

/** A prefix that shops put before the number of a cancelled invoice; only believed on a negative line. */
const cancellationId = /^C-?\d+$/iu;

const longestNeeded = (columns: ColumnIndexes): number =>
  Math.max(
    columns.orderDate,
    columns.orderId,
    Math.min(...[columns.sku, columns.productName].filter((index) => index >= 0)),
  );

const setAside = (reason: SetAsideReason, value: string, fields: readonly string[]): LineResult => ({
  ok: false,
  setAside: { reason, value },
  fields,
});

/** Turns records into order lines, or says why one cannot be; remembers fingerprints to find duplicates. */
export const createLineReader = (
  options: LineReaderOptions,
): ((record: CsvRecord, file: number) => LineResult) => {
  const { columns, mapping, width } = options;
  const readInstant = createInstantReader(mapping.dateFormat, mapping.timeZone);
  const itemOf = createItems();
  const seen = createFingerprintSet();
  const fillDown = mapping.fillDown && columns.orderId >= 0 ? createFillDown(columns) : null;
  const needed = longestNeeded(columns);

  const readAmounts = (fields: readonly string[], currency: string) => {
    const quantityText = text(fields, columns.quantity);
    const quantity = columns.quantity < 0 ? ONE : parseScaled(quantityText, mapping.decimal, QUANTITY_PLACES);
    if (quantity === undefined) return { unreadable: quantityText };
    const digits = minorDigits(currency);
    const priceText = text(fields, columns.unitPrice);
    const totalText = text(fields, columns.lineTotal);
    const price = priceText === '' ? undefined : parseScaled(priceText, mapping.decimal, PRICE_PLACES);
    if (priceText !== '' && price === undefined) return { unreadable: priceText };
    const total = totalText === '' ? undefined : parseScaled(totalText, mapping.decimal, PRICE_PLACES);
    if (totalText !== '' && total === undefined) return { unreadable: totalText };
    if (price === undefined && total === undefined) return { unreadable: '' };
    const unitPrice = price ?? unitPriceOf(total ?? 0, quantity);
    const totalMinor =
      total === undefined ? lineTotalMinor(quantity, unitPrice, digits) : amountMinor(total, digits);
    if (!Number.isSafeInteger(totalMinor)) return { unreadable: `${quantityText} × ${priceText}` };
    return { quantity, unitPrice, totalMinor };
  };

  const readOrderStatus = (fields: readonly string[]): OrderStatus => {
    if (columns.cancelledAt >= 0 && readCancelled(text(fields, columns.cancelledAt))) return 'cancelled';
    return columns.status < 0 ? 'completed' : readStatus(text(fields, columns.status));
  };

  return ({ fields, line }, file) => {
    if (fields.length > width && fields.slice(width).some((field) => field.trim() !== '')) {
      return setAside('too_many_columns', `${fields.length} columns instead of ${width}`, fields);
    }
    if (fields.length <= needed) {
      return setAside('too_few_columns', `${fields.length} columns instead of ${width}`, fields);
    }
    fillDown?.(fields);
    let bits = seen.addOrSeen(fingerprint(fields)) ? flags.duplicate : 0;
    if (bits !== 0 && mapping.duplicates === 'set_aside') return setAside('duplicate', 'seen before', fields);
    const customerId = clip(cleanCustomerId(text(fields, columns.customerId)), MAX_ID);
    const emailText = text(fields, columns.email);
    const email = emailText === '' ? '' : cleanEmail(emailText);
    if (email === null) bits |= flags.unreadable_email;
    const dateText = text(fields, columns.orderDate);
    const at = readInstant(dateText);
    if (at === undefined) return setAside('impossible_date', dateText, fields);
    const writtenOrder = columns.orderId < 0 ? '' : clip(cleanId(text(fields, columns.orderId)), MAX_ID);
    // Without an order number, what one customer bought at one instant is one order.
    const orderId =
      writtenOrder !== '' || columns.orderId >= 0 ? writtenOrder : `${customerId || email || ''}@${dateText}`;
    if (orderId === '' || orderId.startsWith('@')) return setAside('no_order', orderId.slice(1), fields);
    const name = text(fields, columns.productName);
    let sku = clip(cleanId(text(fields, columns.sku)), MAX_ID);
    if (sku === '' && name === '') return setAside('no_product', '', fields);
    if (sku === '') {
      sku = skuFromName(name);
      bits |= flags.no_sku;
    }
    const currencyText = text(fields, columns.currency);
    const written = currencyText === '' ? mapping.currency : readCurrency(currencyText);
    if (written === null) bits |= flags.unknown_currency;
    const currency = written ?? mapping.currency;
    const amounts = readAmounts(fields, currency);
    if ('unreadable' in amounts) return setAside('unreadable_number', amounts.unreadable, fields);
    const { quantity, unitPrice, totalMinor } = amounts;
    let status = readOrderStatus(fields);
    if (quantity < 0 && cancellationId.test(orderId)) status = 'cancelled';
    if (customerId === '' && (email ?? '') === '') bits |= flags.no_customer;
    if (status === 'cancelled') bits |= flags.cancelled;
    else if (status === 'refunded' || quantity < 0) bits |= flags.returned;
    if (unitPrice === 0) bits |= flags.zero_price;
    if (unitPrice < 0) bits |= flags.negative_price;
    if (at > options.now) bits |= flags.future_date;
    const item = itemOf(sku, name);
    const kind = item.kind === 'product' && unitPrice < 0 ? 'adjustment' : item.kind;
    if (kind !== 'product') bits |= flags.not_a_product;
    if (name.includes('\ufffd') || sku.includes('\ufffd')) bits |= flags.unreadable_characters;
    return {
      ok: true,
      line: {
        file,
        line,
        fields,
        orderId,
        at,
        customerId,
        email: email ?? '',
        sku: item.sku,
        name: item.name,
        category: text(fields, columns.category),
        kind,
        quantity,
        unitPrice,
        totalMinor,
        currency,
        status,
        flags: bits,
      },
    };
  };
};
