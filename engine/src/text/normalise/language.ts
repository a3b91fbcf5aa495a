import { foldAccents } from './characters.ts';
import { SMALL_WORDS } from './words-of-languages.ts';

/** Languages the small words and the letters are known of; only these two can be trained for. */
export type TextLanguage = 'fr' | 'en';

type Known = keyof typeof SMALL_WORDS;

const sharers = new Map<string, Set<Known>>();
for (const [language, words] of Object.entries(SMALL_WORDS) as [Known, readonly string[]][]) {
  for (const word of words) {
    const found = sharers.get(word);
    if (found) found.add(language);
    else sharers.set(word, new Set([language]));
  }
}

/** Pieces of words that one language has and the other does not, with accents. */
const CUES: readonly (readonly [Known, RegExp])[] = [
  ['fr', /[èêëàâœùûîïô]|ç[ao]|eau|eux$|aient$|ez$|^qu|oi[rsxt]/],
  ['en', /^th|^wh|ing$|ght|'s$|[kw]n|oo|[^aeiou]ly$|ck/],
  ['es', /ñ|ción|dad$|mente$|[aei]ndo$|ll[aeo]/],
  ['de', /ß|[äö]|ü|sch|ung$|keit$|lich$|tz/],
  ['it', /zion|gli|cch|zz|issim|tà$/],
  ['pt', /[ãõ]|ção|lh[aeo]|nh[aeo]|ões$/],
  ['nl', /ij|sch|heid$|aa|lijk$|oe[nkr]/],
  ['pl', /[łśżźćńąę]|sz|cz|rz/],
  ['sv', /å|[äö]|skt$|ligt$/],
  ['tr', /[ğşı]|lar$|ler$|yor/],
];
const CUE_WEIGHT = 0.4;

/** Other scripts: everything that is a letter and not Latin. */
const foreignLetter = /[^\P{L}\p{Script=Latin}]/u;

export interface LanguageEvidence {
  /** Evidence for each language, in words: a small word of one language alone counts 1. */
  readonly evidence: Readonly<Record<string, number>>;
  /** Share of the words, 0 to 1, that have letters of another script. */
  readonly otherScript: number;
  readonly words: number;
}

/**
 * What small words and pieces of words say about the language. Weak on fewer than three words by nature. O(words).
 *
 * @example weighLanguages(['el', 'producto', 'es', 'muy', 'malo']).evidence.es // 3.0, fr 0.3
 */
export const weighLanguages = (words: readonly string[]): LanguageEvidence => {
  const evidence: Record<string, number> = {};
  const add = (language: Known, weight: number): void => {
    evidence[language] = (evidence[language] ?? 0) + weight;
  };
  let foreign = 0;
  for (const word of words) {
    if (foreignLetter.test(word)) foreign++;
    const languages = sharers.get(foldAccents(word).replace(/'$/, ''));
    if (languages) {
      for (const language of languages) add(language, 1 / languages.size);
      continue;
    }
    for (const [language, pattern] of CUES) if (pattern.test(word)) add(language, CUE_WEIGHT);
  }
  return { evidence, otherScript: words.length === 0 ? 0 : foreign / words.length, words: words.length };
};

/**
 * Whether a text is most probably in none of the languages `own`. It leans to “no” where there is little evidence: unseen words
 * catch those.
 *
 * @example isOtherLanguage(['das', 'ist', 'sehr', 'schlecht'], ['fr', 'en']) // true
 */
export const isOtherLanguage = (words: readonly string[], own: readonly TextLanguage[]): boolean => {
  const { evidence, otherScript } = weighLanguages(words);
  if (otherScript > 0.5) return true;
  let [mine, other] = [0, 0];
  for (const [language, weight] of Object.entries(evidence)) {
    if (own.some((each) => each === language)) mine = Math.max(mine, weight);
    else other = Math.max(other, weight);
  }
  return other >= 1.2 && (mine === 0 ? words.length >= 2 : other > 1.5 * mine);
};
