import { Liquid } from 'liquidjs';
import type { MessageLanguage } from './message.ts';

/** Nothing that reads another template, nothing that defines a macro of its own. */
export const ALLOWED_TAGS = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'cycle',
  'decrement',
  'echo',
  'for',
  'if',
  'increment',
  'raw',
  'unless',
] as const;
export type TagName = (typeof ALLOWED_TAGS)[number];

/**
 * Left out on purpose: `raw` and `escape*` (output is always escaped once), `replace_first`/`replace_last`
 * (CVE-2026-33287), the built-in `date` (CVE-2026-45357; ours takes three styles), `*_exp` (evaluate expressions),
 * `json`/`inspect` (show what was not meant to be shown), encoders and hashes (nothing in a message needs them).
 */
export const ALLOWED_FILTERS = [
  'abs',
  'append',
  'at_least',
  'at_most',
  'capitalize',
  'ceil',
  'compact',
  'default',
  'divided_by',
  'downcase',
  'first',
  'floor',
  'join',
  'last',
  'lstrip',
  'map',
  'minus',
  'modulo',
  'plus',
  'prepend',
  'remove',
  'replace',
  'reverse',
  'round',
  'rstrip',
  'size',
  'slice',
  'sort',
  'split',
  'strip',
  'times',
  'truncate',
  'truncatewords',
  'uniq',
  'upcase',
  'url_encode',
  'where',
] as const;

/** Of our own: they write numbers, money and dates as the reader of the message does. */
export const OWN_FILTERS = ['number', 'money', 'date'] as const;
export type FilterName = (typeof ALLOWED_FILTERS)[number] | (typeof OWN_FILTERS)[number];

const LOCALES: Readonly<Record<MessageLanguage, string>> = { en: 'en-GB', fr: 'fr-FR' };
const DATE_STYLES = ['short', 'medium', 'long', 'full'] as const;

const keepOnly = (table: Record<string, unknown>, allowed: readonly string[]): void => {
  for (const name of Object.keys(table)) {
    if (!allowed.includes(name)) {
      delete table[name];
    }
  }
};

/** No template lives outside the string that is rendered; whoever asks for one gets an error, not the disk. */
const refuseFile = (): never => {
  throw new Error('templates cannot read files');
};

// Liquid's own limits, the first line of defence. Several were bypassed in 2026: the worker's are the ones that count.
const LIMITS = { parseLimit: 2_000_000, renderLimit: 5_000, memoryLimit: 2_000_000 };

export type EngineKind = 'html' | 'plain';

/** @param kind `html`: whatever a field holds is escaped. `plain`: subject and text part. */
export const createEngine = (kind: EngineKind, language: MessageLanguage): Liquid => {
  const engine = new Liquid({
    ...LIMITS,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    cache: false,
    templates: {},
    dynamicPartials: false,
    relativeReference: false,
    fs: {
      exists: async () => false,
      existsSync: () => false,
      readFile: refuseFile,
      readFileSync: refuseFile,
      resolve: refuseFile,
      contains: async () => false,
      containsSync: () => false,
    },
    ...(kind === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  keepOnly(engine.tags, ALLOWED_TAGS);
  keepOnly(engine.filters, ALLOWED_FILTERS);
  const locale = LOCALES[language];
  engine.registerFilter('number', (value: unknown) => new Intl.NumberFormat(locale).format(Number(value)));
  engine.registerFilter('money', (value: unknown, currency: unknown) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: String(currency) }).format(Number(value)),
  );
  engine.registerFilter('date', (value: unknown, style: unknown = 'long') => {
    const dateStyle = DATE_STYLES.find((known) => known === style);
    if (dateStyle === undefined) {
      throw new Error(`date takes one of ${DATE_STYLES.join(', ')}`);
    }
    return new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(new Date(String(value)));
  });
  return engine;
};
