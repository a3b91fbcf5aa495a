import type { ImportReport, ImportTroubleKind } from '@mesure/contract/imports';
import type { ColumnIndexes } from './column-indexes.ts';
import { formatScaled } from './decimal.ts';
import { PRICE_PLACES, QUANTITY_PLACES } from './money.ts';
import type { OrderLine } from './order-line.ts';
import type { OrderRun } from './order-runs.ts';
import { flagNames, flags, type SetAsideReason, treatmentOf } from './trouble.ts';
import { clip } from './written-values.ts';

type Trouble = ImportReport['troubles'][number];

export interface SetAsideLine {
  readonly file: number;
  readonly line: number;
  readonly fields: readonly string[];
  readonly reason: SetAsideReason;
  readonly value: string;
}

export interface QualityReport {
  readonly startFile: (name: string) => void;
  readonly blankLine: () => void;
  readonly recordRead: () => void;
  readonly setAside: (line: SetAsideLine) => void;
  readonly imported: (run: OrderRun) => void;
  readonly person: (isNew: boolean) => void;
  readonly consent: (state: 'granted' | 'withdrawn' | 'simulated', count?: number) => void;
  readonly trouble: (kind: ImportTroubleKind, lines: number) => void;
  readonly linesIn: () => number;
  readonly finish: (products: number, severalNames: ImportReport['severalNames']) => ImportReport;
}

const MAX_SAMPLES = 5;
const MAX_VALUE = 80;
const shorten = (value: string): string =>
  value.length > MAX_VALUE ? `${clip(value, MAX_VALUE - 1)}…` : value;

/** Columns of an excerpt: what the order was, never who made it. */
const excerptFields = [
  'orderId',
  'sku',
  'productName',
  'quantity',
  'unitPrice',
  'lineTotal',
  'orderDate',
  'status',
] as const;

const flagValue = (flag: keyof typeof flags, line: OrderLine): string => {
  switch (flag) {
    case 'no_customer':
    case 'split_order':
      return line.orderId;
    case 'cancelled':
    case 'returned':
      return `${line.orderId} × ${formatScaled(line.quantity, QUANTITY_PLACES)}`;
    case 'zero_price':
    case 'negative_price':
      return formatScaled(line.unitPrice, PRICE_PLACES);
    case 'not_a_product':
      return `${line.kind}: ${line.sku}`;
    case 'future_date':
      return new Date(line.at).toISOString();
    case 'no_sku':
    case 'unreadable_characters':
      return line.name;
    case 'duplicate':
      return `${line.orderId} ${line.sku}`;
    case 'unknown_currency':
    case 'unreadable_email':
    case 'consent_without_proof':
      return '';
  }
};

/** Counts every line once and every trouble it has, and keeps the first few of each kind. */
export const createQualityReport = (columns: ColumnIndexes): QualityReport => {
  const files: { name: string; lines: number; blankLines: number }[] = [];
  const troubles = new Map<ImportTroubleKind, Trouble>();
  const otherKinds = new Map<string, number>();
  const revenue = new Map<string, number>();
  const orders = { completed: 0, refunded: 0, cancelled: 0 };
  const people = { new: 0, known: 0 };
  const consents = { granted: 0, withdrawn: 0, simulated: 0 };
  let productLines = 0;
  let otherLines = 0;
  let linesSetAside = 0;
  let linesWithoutCustomer = 0;
  let firstAt = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let current = { name: '', lines: 0, blankLines: 0 };

  const excerpt = (fields: readonly string[]): string =>
    excerptFields
      .map((field) => fields[columns[field]] ?? '')
      .filter((value) => value !== '')
      .map(shorten)
      .join(' · ');

  const troubleOf = (kind: ImportTroubleKind): Trouble => {
    const known = troubles.get(kind);
    if (known !== undefined) return known;
    const trouble: Trouble = { kind, lines: 0, treatment: treatmentOf(kind), samples: [] };
    troubles.set(kind, trouble);
    return trouble;
  };

  const sample = (
    trouble: Trouble,
    line: Pick<SetAsideLine, 'file' | 'line' | 'fields'>,
    value: string,
  ): void => {
    const file = files[line.file]?.name ?? '';
    trouble.samples.push({ file, line: line.line, value: shorten(value), excerpt: excerpt(line.fields) });
  };

  const countFlags = (line: OrderLine, bits: number): void => {
    for (const flag of flagNames) {
      if ((bits & flags[flag]) === 0) continue;
      const trouble = troubleOf(flag);
      trouble.lines += 1;
      if (trouble.samples.length < MAX_SAMPLES) sample(trouble, line, flagValue(flag, line));
    }
  };

  return {
    startFile: (name) => {
      current = { name, lines: 0, blankLines: 0 };
      files.push(current);
    },
    blankLine: () => {
      current.blankLines += 1;
    },
    recordRead: () => {
      current.lines += 1;
    },
    setAside: (line) => {
      linesSetAside += 1;
      const trouble = troubleOf(line.reason);
      // A duplicate is imported and flagged by default; here somebody chose to set it aside.
      if (line.reason === 'duplicate') trouble.treatment = 'set_aside';
      trouble.lines += 1;
      if (trouble.samples.length < MAX_SAMPLES) sample(trouble, line, line.value);
    },
    imported: (run) => {
      const state =
        run.name === 'order_completed'
          ? 'completed'
          : run.name === 'order_refunded'
            ? 'refunded'
            : 'cancelled';
      orders[state] += 1;
      let total = 0;
      for (const line of run.lines) {
        if (line.kind === 'product') productLines += 1;
        else {
          otherLines += 1;
          otherKinds.set(line.kind, (otherKinds.get(line.kind) ?? 0) + 1);
        }
        if ((line.flags & flags.no_customer) !== 0) linesWithoutCustomer += 1;
        if (line.at < firstAt) firstAt = line.at;
        if (line.at > lastAt) lastAt = line.at;
        total += line.totalMinor;
        const bits = run.isSplit ? line.flags | flags.split_order : line.flags;
        if (bits !== 0) countFlags(line, bits);
      }
      const currency = run.lines[0]?.currency ?? '';
      if (state !== 'cancelled') revenue.set(currency, (revenue.get(currency) ?? 0) + total);
    },
    person: (isNew) => {
      if (isNew) people.new += 1;
      else people.known += 1;
    },
    consent: (state, count = 1) => {
      consents[state] += count;
    },
    trouble: (kind, lines) => {
      if (lines > 0) troubleOf(kind).lines += lines;
    },
    linesIn: () => files.reduce((sum, file) => sum + file.lines, 0),
    finish: (products, severalNames) => {
      if (severalNames.products > 0) troubleOf('several_names').lines = severalNames.products;
      return {
        linesIn: files.reduce((sum, file) => sum + file.lines, 0),
        blankLines: files.reduce((sum, file) => sum + file.blankLines, 0),
        productLines,
        otherLines,
        linesSetAside,
        linesWithoutCustomer,
        orders,
        people,
        products,
        revenue: [...revenue].map(([currency, minor]) => ({ currency, minor })),
        firstOrderAt: firstAt <= lastAt ? new Date(firstAt).toISOString() : null,
        lastOrderAt: firstAt <= lastAt ? new Date(lastAt).toISOString() : null,
        consents,
        files: [...files],
        troubles: [...troubles.values()].sort((one, two) => two.lines - one.lines),
        otherKinds: [...otherKinds]
          .map(([kind, lines]) => ({ kind, lines }))
          .sort((one, two) => two.lines - one.lines),
        severalNames,
      };
    },
  };
};
