import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en/index.ts';

export type Language = 'en' | 'fr';
export const languages = ['en', 'fr'] as const satisfies readonly Language[];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: { console: typeof en };
    returnNull: false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** French counts a million in its own way (`many`: “un million de profils”); texts without that form use `other`. */
const withMany = (texts: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(texts)) {
    filled[key] = isObject(value) ? withMany(value) : value;
    if (!key.endsWith('_other')) continue;
    const many = key.replace(/_other$/, '_many');
    if (!(many in texts)) filled[many] = value;
  }
  return filled;
};

/** Two parts of each language: what the start needs, and what the pages of the rooms say. */
const parts = {
  en: {
    start: async () => (await import('./en/start.ts')).start,
    rooms: async () => (await import('./en/rooms.ts')).rooms,
  },
  fr: {
    start: async () => withMany((await import('./fr/start.ts')).start),
    rooms: async () => withMany((await import('./fr/rooms.ts')).rooms),
  },
} as const;

const has = (language: Language, part: 'start' | 'rooms'): boolean =>
  i18next.exists(part === 'start' ? 'shell.skip' : 'gallery.title', { lng: language });

const add = async (language: Language, part: 'start' | 'rooms'): Promise<void> => {
  if (!has(language, part))
    i18next.addResourceBundle(language, 'console', await parts[language][part](), true, true);
};

const stored = 'mesure.language';

/** Null too where the browser's store is forbidden: to look at it is an error then. */
const chosen = (): string | null => {
  try {
    return localStorage.getItem(stored);
  } catch {
    return null;
  }
};

const choose = (language: Language): void => {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // Full or forbidden: the language lasts as long as the page.
  }
};

const preferred = (): Language => {
  const kept = chosen();
  if (kept === 'en' || kept === 'fr') return kept;
  const first = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'en' || tag === 'fr');
  return first === 'fr' ? 'fr' : 'en';
};

const dress = (language: Language): void => {
  document.documentElement.lang = language;
};

/** Loads the reader's language only: the other one comes when it is asked for. */
export const startWords = async (): Promise<void> => {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language,
    ns: ['console'],
    defaultNS: 'console',
    resources: { [language]: { console: await parts[language].start() } },
    // React escapes; escaping twice would show &#39; to readers.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  dress(language);
};

export const currentLanguage = (): Language => (i18next.language === 'fr' ? 'fr' : 'en');

/** The words of the rooms, before the first of their pages is shown. */
export const roomWords = (): Promise<void> => add(currentLanguage(), 'rooms');

export const speak = async (language: Language): Promise<void> => {
  const inRooms = has(currentLanguage(), 'rooms');
  await Promise.all([add(language, 'start'), inRooms ? add(language, 'rooms') : undefined]);
  choose(language);
  await i18next.changeLanguage(language);
  dress(language);
};

/** Texts outside React: notifications that outlive their component. */
export const say = i18next.t.bind(i18next);
/** Whether there is a text for a key that came from elsewhere: a code of the server. */
export const knows = (key: string): boolean => i18next.exists(key);
export { useTranslation as useWords } from 'react-i18next';
