import { type ImportField, type ImportGuess, importFields } from '@mesure/contract/imports';
import { guessDateFormat } from './dates.ts';
import { guessDecimal, parseScaled } from './decimal.ts';
import { headerWords, plainWords } from './header-words.ts';
import { findPreset, type Preset } from './presets.ts';
import { cleanEmail } from './written-values.ts';

type Reason = ImportGuess['reasons'][number];

export interface ColumnGuess {
  readonly preset: Preset | null;
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
  readonly reasons: readonly Reason[];
}

/** The values of one column in the sample that are not blank. */
export const columnValues = (records: readonly (readonly string[])[], index: number): string[] =>
  records.map((record) => record[index] ?? '').filter((value) => value.trim() !== '');

const shareOf = (values: readonly string[], fits: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(fits).length / values.length;

const isNumber = (value: string): boolean =>
  parseScaled(value, '.', 4) !== undefined || parseScaled(value, ',', 4) !== undefined;

/** A header can lie: a column called "date" that holds no date is not the order date. Blank columns may be anything. */
const fits = (field: ImportField, values: readonly string[]): boolean => {
  if (values.length === 0) return true;
  switch (field) {
    case 'email':
      return shareOf(values, (value) => cleanEmail(value) !== null) >= 0.5;
    case 'orderDate':
      return guessDateFormat(values) !== null;
    case 'quantity':
    case 'unitPrice':
    case 'lineTotal':
      return shareOf(values, isNumber) >= 0.5;
    default:
      return true;
  }
};

const byContent = (field: ImportField, values: readonly string[]): boolean => {
  if (values.length === 0) return false;
  switch (field) {
    case 'email':
      return shareOf(values, (value) => cleanEmail(value) !== null) >= 0.8;
    case 'orderDate':
      return (
        shareOf(values, (value) => /\D/u.test(value.trim()) && guessDateFormat([value]) !== null) >= 0.8 &&
        guessDecimal(values.slice(0, 50)) === null
      );
    case 'currency':
      return shareOf(values, (value) => /^(EUR|GBP|USD|CHF|CAD|€|£|\$)$/u.test(value.trim())) >= 0.9;
    default:
      return false;
  }
};

/** What each column means: by a known export's headers, then by header words, then by what stands in it. */
export const guessColumns = (
  header: readonly string[],
  records: readonly (readonly string[])[],
): ColumnGuess => {
  const preset = findPreset(header);
  const words = header.map(plainWords);
  const taken = new Set<number>();
  const columns: Partial<Record<ImportField, string>> = {};
  const reasons: Reason[] = [];
  const take = (field: ImportField, index: number, by: Reason['by']): void => {
    const column = header[index] ?? '';
    if (columns[field] !== undefined || taken.has(index) || column === '' || header.indexOf(column) !== index)
      return;
    taken.add(index);
    columns[field] = column;
    reasons.push({ field, column, by });
  };
  const takeFirst = (field: ImportField, names: readonly string[], by: Reason['by']): void => {
    for (const name of names) {
      const index = words.indexOf(name);
      if (index >= 0 && fits(field, columnValues(records, index))) take(field, index, by);
    }
  };
  if (preset !== null) {
    for (const field of importFields) takeFirst(field, preset.columns[field] ?? [], 'preset');
    return { preset, columns, reasons };
  }
  for (const field of importFields) takeFirst(field, headerWords[field], 'header');
  for (const field of importFields) {
    header.forEach((_, index) => {
      if (!taken.has(index) && byContent(field, columnValues(records, index))) take(field, index, 'content');
    });
  }
  return { preset, columns, reasons };
};
