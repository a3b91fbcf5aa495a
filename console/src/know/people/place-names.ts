import { currentLanguage } from '#words';

/** Names of countries and languages as the reader says them; a code that is none stays as it is. */
const named =
  (type: 'region' | 'language') =>
  (code: string): string => {
    try {
      return new Intl.DisplayNames(currentLanguage(), { type }).of(code) ?? code;
    } catch {
      return code;
    }
  };

export const countryName = named('region');
export const languageName = named('language');
