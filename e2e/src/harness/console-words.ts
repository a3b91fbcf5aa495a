import { en } from '../../../console/src/words/en/index.ts';
import { fr } from '../../../console/src/words/fr/index.ts';

export type Language = 'en' | 'fr';
type Values = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<Language, unknown>> = { en, fr };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const found = (language: Language, key: string): string | undefined => {
  let at: unknown = catalogues[language];
  for (const part of key.split('.')) at = isObject(at) ? at[part] : undefined;
  return typeof at === 'string' ? at : undefined;
};

const textOf = (language: Language, key: string, plural?: string): string => {
  const text =
    (plural === undefined ? undefined : found(language, `${key}_${plural}`)) ??
    found(language, key) ??
    found(language, `${key}_other`);
  if (text === undefined) throw new Error(`No text is called ${key}.`);
  return text;
};

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
const placeholder = /\{\{(\w+)(?:, (\w+))?\}\}/g;

export interface Words {
  readonly language: Language;
  /** As the console says it: what a person looks for on the screen. */
  readonly say: (key: string, values?: Values) => string;
  /** The same sentence with any numbers and names; those of `values` exactly. */
  readonly like: (key: string, values?: Values) => RegExp;
  /** A number as it stands on the screen. */
  readonly read: (text: string | null) => number;
}

/** The console's own catalogue, so that one test speaks both languages. */
export const wordsIn = (language: Language): Words => {
  const numbers = new Intl.NumberFormat(language);
  const plurals = new Intl.PluralRules(language);
  const shown = (value: string | number, format: string | undefined): string =>
    format === 'number' && typeof value === 'number' ? numbers.format(value) : String(value);
  return {
    language,
    read: (text) => Number((text ?? '').replace(/\D/g, '') || Number.NaN),
    say: (key, values = {}) => {
      const { count } = values;
      const plural = typeof count === 'number' ? plurals.select(count) : undefined;
      return textOf(language, key, plural).replace(placeholder, (_, name: string, format?: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`${key} needs ${name}.`);
        return shown(value, format);
      });
    },
    like: (key, values = {}) => {
      const forms = new Set(['one', 'other'].map((plural) => textOf(language, key, plural)));
      const patterns = [...forms].map((form) => {
        let pattern = '';
        let end = 0;
        for (const { 0: whole, 1: name = '', 2: format, index } of form.matchAll(placeholder)) {
          const value = values[name];
          pattern += escaped(form.slice(end, index));
          pattern += value === undefined ? '.+' : escaped(shown(value, format));
          end = index + whole.length;
        }
        return (pattern + escaped(form.slice(end))).replace(/\s+/g, String.raw`\s+`);
      });
      return new RegExp(`^(?:${patterns.join('|')})$`);
    },
  };
};
