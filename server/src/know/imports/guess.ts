import type { ImportGuess, ImportMapping, ImportMappingChange } from '@mesure/contract/imports';
import { guessDateFormat } from './dates.ts';
import { guessDecimal } from './decimal.ts';
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './encoding.ts';
import { columnValues, guessColumns } from './guess-columns.ts';

export interface GuessInput {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** Records of the sample in file order: from its beginning, and from its end for dates. */
  readonly records: readonly (readonly string[])[];
  readonly timeZone: string;
  readonly currency: string;
}

const PREVIEW_RECORDS = 10;

export const guessImport = (input: GuessInput): ImportGuess => {
  const { header, records } = input;
  const { preset, columns, reasons } = guessColumns(header, records);
  const valuesOf = (column: string | undefined): string[] =>
    column === undefined ? [] : columnValues(records, header.indexOf(column));
  const date = guessDateFormat(valuesOf(columns.orderDate));
  const numbers = [columns.unitPrice, columns.lineTotal, columns.quantity].flatMap(valuesOf);
  const mapping: ImportMapping = {
    columns,
    // "3,50" in a file of semicolons is how French and German spreadsheets write CSV.
    decimal: guessDecimal(numbers) ?? (input.delimiter === ';' ? ',' : '.'),
    dateFormat: date?.format ?? 'iso',
    timeZone: input.timeZone,
    currency: input.currency,
    fillDown: preset?.fillDown ?? false,
    duplicates: 'keep',
    knownOrders: 'set_aside',
    consents: [],
    simulation: null,
  };
  return {
    preset: preset?.name ?? null,
    encoding: input.encoding,
    delimiter: input.delimiter,
    header: [...header],
    preview: records.slice(0, PREVIEW_RECORDS).map((record) => [...record]),
    mapping,
    reasons: [...reasons],
    dateIsAmbiguous: date?.isAmbiguous ?? false,
  };
};

/** The guess with a person's corrections on top; a column given to one meaning is taken from any other that was guessed. */
export const correctMapping = (guess: ImportMapping, change: ImportMappingChange): ImportMapping => {
  const { columns: changed = {}, ...rest } = change;
  const given = new Set(Object.values(changed));
  const columns: ImportMapping['columns'] = {};
  for (const [field, column] of Object.entries(guess.columns)) {
    if (!(field in changed) && !given.has(column)) columns[field as keyof typeof columns] = column;
  }
  for (const [field, column] of Object.entries(changed)) {
    if (column !== null) columns[field as keyof typeof columns] = column;
  }
  const corrected = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...guess, ...corrected, columns };
};
