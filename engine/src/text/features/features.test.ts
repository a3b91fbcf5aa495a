import { expect, it } from 'vitest';
import { normaliseText } from '../normalise/index.ts';
import { createNgramCounter, PIECES, visitNgrams, WORDS } from './index.ts';

const settings = { words: 2, pieces: [2, 3] } as const;

it('are words in all spellings, pairs within a clause, style, and pieces of folded words', () => {
  const found: [string, number][] = [];
  visitNgrams(normaliseText('Pas VRAI, été'), settings, (_name, block, ngram) =>
    found.push([ngram().spelling, block]),
  );
  expect(found.filter(([, block]) => block === WORDS).map(([ngram]) => ngram)).toEqual([
    'pas',
    'NOT_vrai',
    'pas NOT_vrai',
    'été',
    'ete',
    '‹shout›',
  ]);
  expect(
    found
      .filter(([, block]) => block === PIECES)
      .slice(0, 7)
      .map(([ngram]) => ngram),
  ).toEqual(['… p…', '… pa…', '…pa…', '…pas…', '…as…', '…as …', '…s …']);
});

it('have one name for one spelling, in a million', () => {
  const names = new Map<number, string>();
  let spellings = 0;
  for (let i = 0; i < 3000; i++) {
    visitNgrams(
      normaliseText(`mot${i} été${i * 7} ne va pas ${i}`),
      { words: 2, pieces: [2, 5] },
      (name, block, ngram) => {
        const spelling = `${block} ${ngram().spelling}`;
        if (!names.has(name)) spellings++;
        expect(names.get(name) ?? spelling).toBe(spelling);
        names.set(name, spelling);
      },
    );
  }
  expect(spellings).toBe(new Set(names.values()).size);
});

it('are counted as a naive counter does, text after text, short and long', () => {
  const count = createNgramCounter(settings);
  const long = Array.from({ length: 3000 }, (_, i) => `w${(i * 7919) % 2500}x`).join(' ');
  for (const text of ['la la la', '', long, 'bon !! bon !!', 'la']) {
    const expected = new Map<number, number>();
    visitNgrams(normaliseText(text), settings, (name) => expected.set(name, (expected.get(name) ?? 0) + 1));
    const { size, names, counts } = count(normaliseText(text));
    expect(new Map(Array.from({ length: size }, (_, k) => [names[k], counts[k]]))).toEqual(expected);
  }
});
