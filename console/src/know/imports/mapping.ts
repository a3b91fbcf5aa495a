import {
  type ImportField,
  type ImportGuess,
  type ImportMapping,
  type ImportMappingChange,
  importFields,
} from '@mesure/contract/imports';

export const fieldGroups = {
  order: ['orderId', 'orderDate', 'status', 'cancelledAt', 'gift'],
  customer: [
    'customerId',
    'email',
    'fullName',
    'firstName',
    'lastName',
    'phone',
    'language',
    'country',
    'region',
    'city',
    'timeZone',
  ],
  product: ['sku', 'productName', 'category'],
  price: ['quantity', 'unitPrice', 'lineTotal', 'currency'],
} as const satisfies Readonly<Record<string, readonly ImportField[]>>;
export type FieldGroup = keyof typeof fieldGroups;

/** A column has one meaning: given to one field, it is taken from any other. */
export const assignColumn = (
  mapping: ImportMapping,
  field: ImportField,
  column: string | null,
): ImportMapping => {
  const columns: ImportMapping['columns'] = {};
  for (const one of importFields) {
    const kept = one === field ? (column ?? undefined) : mapping.columns[one];
    if (kept !== undefined && (one === field || kept !== column)) columns[one] = kept;
  }
  return { ...mapping, columns };
};

export type Missing = 'orderDate' | 'product' | 'price' | 'order';

/** What a file cannot become orders without; the server asks for the same. */
export const missingOf = ({ columns }: ImportMapping): readonly Missing[] => {
  const has = (...fields: readonly ImportField[]): boolean =>
    fields.some((field) => columns[field] !== undefined);
  const needed: readonly (readonly [Missing, boolean])[] = [
    ['orderDate', has('orderDate')],
    ['product', has('sku', 'productName')],
    ['price', has('unitPrice', 'lineTotal')],
    ['order', has('orderId', 'customerId', 'email')],
  ];
  return needed.flatMap(([what, there]) => (there ? [] : [what]));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What differs from the guess: this is what the API takes. */
export const correctionOf = (guess: ImportMapping, mapping: ImportMapping): ImportMappingChange => {
  const columns: NonNullable<ImportMappingChange['columns']> = {};
  for (const field of importFields)
    if (mapping.columns[field] !== guess.columns[field]) columns[field] = mapping.columns[field] ?? null;
  const { columns: _columns, ...options } = mapping;
  const changed = Object.fromEntries(
    Object.entries(options).filter(([key, value]) => !same(value, guess[key as keyof ImportMapping])),
  );
  return { ...changed, ...(Object.keys(columns).length > 0 ? { columns } : {}) };
};

export const isCorrected = (guess: ImportMapping, mapping: ImportMapping): boolean =>
  Object.keys(correctionOf(guess, mapping)).length > 0;

/** The first different values of a column, as they stand in the file. */
export const samplesOf = (
  { header, preview }: Pick<ImportGuess, 'header' | 'preview'>,
  column: string | undefined,
): readonly string[] => {
  if (column === undefined) return [];
  const at = header.indexOf(column);
  const values = preview.map((record) => record[at]?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(values)].slice(0, 3);
};

export interface DateReading {
  readonly format: 'dmy' | 'mdy';
  /** `2011-04-03`. */
  readonly day: string;
}

const daySlashMonth = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?=\D|$)/;
const two = (text: string): string => text.padStart(2, '0');

/**
 * A date of the file that can be read in two ways, with both readings; null when there is none. `undecided`: no other
 * date of the first lines says which reading is right.
 */
export const ambiguousDate = (
  guess: Pick<ImportGuess, 'header' | 'preview'>,
  column: string | undefined,
): {
  readonly sample: string;
  readonly readings: readonly [DateReading, DateReading];
  readonly undecided: boolean;
} | null => {
  if (column === undefined) return null;
  const at = guess.header.indexOf(column);
  const samples = guess.preview.map((record) => record[at]?.trim() ?? '');
  const undecided = !samples.some((sample) => {
    const [, first, second] = daySlashMonth.exec(sample) ?? [];
    return Number(first) > 12 || Number(second) > 12;
  });
  for (const sample of samples) {
    const [, first, second, yearText] = daySlashMonth.exec(sample) ?? [];
    if (first === undefined || second === undefined || yearText === undefined) continue;
    if (Number(first) > 12 || Number(second) > 12 || Number(first) === Number(second)) continue;
    if (Number(first) < 1 || Number(second) < 1) continue;
    const year = yearText.length === 4 ? yearText : `${Number(yearText) < 70 ? '20' : '19'}${yearText}`;
    return {
      sample,
      undecided,
      readings: [
        { format: 'dmy', day: `${year}-${two(second)}-${two(first)}` },
        { format: 'mdy', day: `${year}-${two(first)}-${two(second)}` },
      ],
    };
  }
  return null;
};
