import { describe, expect, it } from 'vitest';
import { en } from './en/index.ts';
import { flat } from './flat.fixture.ts';
import { fr } from './fr/index.ts';

const catalogues = { en: flat(en), fr: flat(fr) } as const;
const all = Object.entries(catalogues).flatMap(([language, texts]) =>
  [...texts].map(([key, text]) => ({ where: `${language} ${key}`, language, text })),
);
const breaches = (broken: RegExp, of?: string): readonly string[] =>
  all
    .filter(({ language, text }) => (of === undefined || language === of) && broken.test(bare(text)))
    .map(({ where, text }) => `${where}: ${text}`);

/** Without what is filled in: it follows the rules of its own place. */
const bare = (text: string): string => text.replace(/\{\{[^}]*\}\}/g, 'x');
const filledIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*([^},]+)\s*(?:,[^}]*)?\}\}/g)].map((match) => (match[1] ?? '').trim());

describe('both languages', () => {
  it('have the same texts', () => {
    expect([...catalogues.fr.keys()].toSorted()).toEqual([...catalogues.en.keys()].toSorted());
  });

  it('have text everywhere', () => {
    expect(all.filter(({ text }) => text.trim() === '').map(({ where }) => where)).toEqual([]);
  });

  it('have both plural forms wherever they have one', () => {
    for (const texts of Object.values(catalogues)) {
      const alone = [...texts.keys()].filter((key) => {
        if (key.endsWith('_one')) return !texts.has(key.replace(/_one$/, '_other'));
        return key.endsWith('_other') && !texts.has(key.replace(/_other$/, '_one'));
      });
      expect(alone).toEqual([]);
    }
  });

  it('fill in the same', () => {
    const uneven = [...catalogues.en].flatMap(([key, english]) => {
      const french = catalogues.fr.get(key) ?? '';
      // “One person” may do without its number.
      const needed = (text: string) =>
        [...new Set(filledIn(text))].filter((name) => !(key.endsWith('_one') && name === 'count')).toSorted();
      return needed(english).join() === needed(french).join()
        ? []
        : [
            `${key}: {{${needed(english).join(', ')}}} in English, {{${needed(french).join(', ')}}} in French`,
          ];
    });
    expect(uneven).toEqual([]);
  });

  it('do not raise their voice', () => {
    expect(breaches(/!/)).toEqual([]);
  });

  it('write an ellipsis as one sign, and no straight double quotes', () => {
    expect(breaches(/\.\.\./)).toEqual([]);
    // A rule is written with them, as code is.
    expect(breaches(/(^|\s)"|"(\s|$)/).filter((told) => !/^.. audiences\.text\.hint:/.test(told))).toEqual(
      [],
    );
  });
});

describe('French', () => {
  it('has curly apostrophes', () => {
    expect(breaches(/'/, 'fr')).toEqual([]);
    expect(breaches(/[“”]/, 'fr')).toEqual([]);
  });

  it('keeps its high signs with the word before them', () => {
    expect(
      breaches(/(^|[^\u00a0\u202f])[;?»]/, 'fr').filter((told) => !/https?:\/\/\S+\?/.test(told)),
    ).toEqual([]);
    // What the server prints is quoted as it prints it.
    expect(
      breaches(/[^\u00a0\u202f]:(\s|$)/, 'fr').filter((told) => !told.includes('one-time token:')),
    ).toEqual([]);
    expect(breaches(/(^|[^\u00a0\u202f])%/, 'fr')).toEqual([]);
  });

  it('keeps an opening guillemet with the word after it', () => {
    expect(breaches(/«[^\u00a0\u202f]/, 'fr')).toEqual([]);
  });
});
