import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateReviews } from '../../../testing/generated-reviews.ts';
import { createRandom } from '../../random/index.ts';
import { textsFromStars } from '../classifier/index.ts';
import { visitNgrams } from '../features/index.ts';
import { clustersOf, foldAccents, normaliseText } from '../normalise/index.ts';
import { explainText, fitTextModel, readerOf, type TextModel } from './index.ts';
import { createPlacer } from './written.ts';

const SIGNS = [
  '👍🏽',
  '😡',
  ':-(',
  '12,50',
  '4/5',
  '!!',
  'TROOOP',
  '#bon',
  'sur https://x.fr',
  'l’été',
  '👩‍🚀',
];
const random = createRandom('explained');
const reviews = generateReviews(random, { language: 'fr', count: 400, fromMs: 0, untilMs: 1e10 });
const train = textsFromStars({
  ...reviews,
  texts: reviews.texts.map((text) => `${text} ${random.choice(SIGNS)}`),
});
const fitted = (bits: number): TextModel => {
  const made = fitTextModel(train, { bits, inversePenalties: [3] });
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};
const model = fitted(20);

const HOSTILE = [
  'Arrivé cassé',
  'DÉÇUE',
  'arrive\u0301 casse\u0301'.normalize('NFD'),
  'par\u00adfait',
  'tr\u200bès',
  '\ufeffbon',
  '\u202eparfait\u202c',
  'מאוד טוב',
  'جدا',
  '한\u1112\u1161\u11ab',
  '\ud83d',
  '👩\u200d🚀',
  '❤️\u200d🔥',
  'pas',
  "qu'ils",
  'jusqu’à',
  'TROOOOP',
  'İyi',
  'œuf',
  'ΣΑΣ',
  '‹joy›',
  'NOT_',
  ...SIGNS,
];
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .chain((parts) => fc.constantFrom(parts.join(' '), parts.join('')));

describe('explanations', () => {
  it('sum to the score that chances are made of, for any text and class', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...train.texts)), fc.nat(2), (text, c) => {
        const { score, base, parts } = explainText(model, text, model.classes[c] as string);
        expect(parts.reduce((sum, part) => sum + part.contribution, base)).toBeCloseTo(score, 12);
        expect(score).toBe(readerOf(model).read(text).logits[c]);
        parts.slice(1).forEach((part, k) => {
          expect(Math.abs(part.contribution)).toBeLessThanOrEqual(Math.abs(parts[k]?.contribution as number));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('speak in the person’s own words: every part is a part of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const place = createPlacer(text);
        visitNgrams(normaliseText(text), model.read, (_name, _block, ngram) => {
          const read = ngram();
          const { start, end } = place(read);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        });
        for (const { written, places } of explainText(model, text, 'negative').parts)
          expect(written).toBe(text.slice(places[0]?.start, places[0]?.end));
      }),
      { numRuns: 300 },
    );
  });

  it('find a word and a piece by what is written there, letter by letter', () => {
    const letters = fc.constantFrom(
      'a',
      'É',
      'e\u0301',
      'œx',
      'ç',
      'ooo',
      'RR',
      's\u00ad',
      'ﬁ',
      'i\u0327\u0301',
      'ł',
    );
    fc.assert(
      fc.property(fc.array(fc.array(letters, { minLength: 1, maxLength: 6 }), { maxLength: 4 }), (words) => {
        const text = words.map((word) => word.join('')).join(' ');
        const place = createPlacer(text);
        visitNgrams(normaliseText(text), model.read, (_name, _block, ngram) => {
          const read = ngram();
          const { start, end } = place(read);
          const seen = clustersOf(text.slice(start, end)).map(({ composed }) => composed);
          const folded = foldAccents(seen.join('').toLowerCase());
          const wanted = read.within ? read.spelling.slice(1, -1).trim() : read.spelling;
          // Runs are shortened when read: compared without any.
          const single = (of: string): string => of.replace(/(.)\1+/g, '$1');
          if (read.reading === 'piece') expect(single(folded)).toContain(single(wanted));
          if (read.reading === 'word') expect(single(folded)).toBe(single(foldAccents(wanted)));
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['Arrivé cassé', 'pair', 'Arrivé cassé'],
    ['arrive\u0301 casse\u0301', 'word', 'casse\u0301'],
    ['Très bien 👍🏽', 'sign', '👍🏽'],
    ['Nul :-(', 'sign', ':-('],
    ['par\u00adfait, vraiment', 'word', 'par\u00adfait'],
    ['C’est un vrai PLAISIR', 'sign', 'PLAISIR'],
    ['rien à redire #Bon', 'sign', '#Bon'],
    ['4/5 pour ça', 'sign', '4/5'],
    ['TROOOOP cher', 'word', 'TROOOOP'],
    ['jamais rec\u0327u', 'word', 'rec\u0327u'],
  ] as const)('%s: %s %s', (text, reading, written) => {
    const { parts } = explainText(model, text, 'negative');
    expect(parts.map((part) => `${part.reading} ${part.written}`)).toContain(`${reading} ${written}`);
  });

  it('show every place, and what was read as denied', () => {
    const text = 'Cher, cher… mais pas cher';
    const own = explainText(model, text, 'negative').parts.filter(
      ({ reading, written }) => reading === 'word' && /cher/i.test(written),
    );
    expect(own.find(({ negated }) => !negated)?.places).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 10 },
    ]);
    const never = explainText(model, 'Jamais reçu', 'negative').parts.find(
      ({ reading, negated }) => reading === 'word' && negated,
    );
    expect(never).toMatchObject({ written: 'reçu', negated: true, places: [{ start: 7, end: 11 }] });
    expect(() => explainText(model, 'x', 'ironic')).toThrow(expect.objectContaining({ code: 'unknown_key' }));
  });

  it('have nothing to say of nothing, and read the beginning of 200 kB in a moment', () => {
    for (const text of ['', ' ', '…?!', 'مرحبا', '\u200b'])
      for (const part of explainText(model, text, 'neutral').parts) expect(part.reading).toBe('sign');
    expect(explainText(model, '', 'neutral').parts).toEqual([]);
    for (const unit of ['arrivé cassé ', 'abé', 'e\u0301\u0316', '👍🏽']) {
      const started = performance.now();
      const { parts } = explainText(model, unit.repeat(200_000 / unit.length), 'negative');
      expect(Math.max(0, ...parts.flatMap(({ places }) => places.map(({ end }) => end)))).toBeLessThanOrEqual(
        20_000,
      );
      // Some 60 ms; quadratic work would take minutes.
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });

  it('say when n-grams share a number', () => {
    const share = (made: TextModel): number => {
      const { parts } = explainText(made, train.texts[0] as string, 'positive');
      return parts.filter((part) => part.shared).length / parts.length;
    };
    expect(share(fitted(12))).toBeGreaterThan(0.5);
    expect(share(model)).toBeLessThan(0.1);
  });
});
