export type Language = 'en' | 'fr';

export const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'fr';

/** What the reader asked for, then what we know of them, then the shop's own. */
export const chooseLanguage = (...wishes: readonly unknown[]): Language => wishes.find(isLanguage) ?? 'en';

export const formatDate = (date: Date, language: Language, timeZone: string): string => {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const written = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(date);
  // Intl leaves the first of a month a plain 1, which French does not.
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
};

export const formatNumber = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 }).format(value);

export const formatShare = (share: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'percent',
    maximumSignificantDigits: 2,
  }).format(share);
