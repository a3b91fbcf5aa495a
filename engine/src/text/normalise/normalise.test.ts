import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, foldAccents, isOtherLanguage, isPlayful, normaliseText } from './index.ts';
import { composeText } from './places.ts';

const read = (text: string): string =>
  normaliseText(text)
    .tokens.map(({ kind, text: said, negated }) => (kind === 'break' ? '|' : (negated ? 'NOT_' : '') + said))
    .join(' ');
const words = (text: string): string[] =>
  normaliseText(text).tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []));

describe('normalised text', () => {
  it.each([
    ['elisions', "L’été, qu'il dure jusqu'à l'automne", "l' été | qu' il dure jusqu' à l' automne"],
    ['no elisions', "Aujourd'hui rock'n'roll it's", "aujourd'hui rock'n'roll it's"],
    ['a cut word at the end', "c' est bon", "c' est bon"],
    [
      'ne … pas',
      "Je n'aime vraiment pas ce thé, mais bon",
      "je n' NOT_aime NOT_vraiment pas NOT_ce NOT_thé | mais bon",
    ],
    ['pas alone', 'pas mal', 'pas NOT_mal'],
    ['ne … que', "il n'a que deux jours", "il n' a que deux jours"],
    ['plus alone', 'plus de choix', 'plus de choix'],
    ['ne … plus', 'je ne commande plus ici', 'je ne NOT_commande plus NOT_ici'],
    [
      'jamais, rien, sans',
      'jamais déçu. rien à redire; sans souci',
      'jamais NOT_déçu | rien NOT_à NOT_redire | sans NOT_souci',
    ],
    ['not', "It isn't good but I don't mind", "it isn't NOT_good but i don't NOT_mind"],
    ['not only', 'not only good', 'not only good'],
    ['the reach of a negation', 'never a b c d e', 'never NOT_a NOT_b NOT_c NOT_d e'],
    [
      'marks',
      'Vu sur https://x.fr/a?b à 12,50 par moi@x.fr @toi 4/5 1/5',
      'vu sur ‹url› à ‹number› par ‹email› ‹mention› ‹grade:high› ‹grade:low›',
    ],
    ['emoji', 'Bof 👍🏽👎 🇫🇷 :-( <3', 'bof ‹approval› ‹disapproval› ‹flag› ‹sad› ‹love›'],
    ['hashtags', '#BonPlan', 'bonplan'],
    ['numbers and words', 'iPhone14 2ème', 'iphone ‹number› ‹number› ème'],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('keeps accents and folds them, and is the same for composed and decomposed letters', () => {
    const [token] = normaliseText('DÉÇUE').tokens;
    expect(token?.spellings).toEqual(['déçue', 'decue']);
    expect(foldAccents('cœur ægir straße')).toBe('coeur aegir strasse');
    const said = (text: string) =>
      normaliseText(text).tokens.map((token) => ({ ...token, start: 0, end: 0 }));
    expect(said('déçue à Noël'.normalize('NFD'))).toEqual(said('déçue à Noël'));
  });

  it('knows elongations by both spellings, and how loud a text is', () => {
    const { tokens, style } = normaliseText('TROOOP bien !!! Quoi ?! Bon… coool');
    expect(tokens[0]?.spellings).toEqual(['troop', 'trop']);
    expect(style.map(({ mark }) => mark)).toEqual(['‹shout›', '‹long›', '‹!!›', '‹!?›', '‹...›', '‹long›']);
    expect(tokens.at(-1)?.spellings).toEqual(['cool', 'col']);
  });

  it('takes piles of marks in linear time', () => {
    const pile = `a${'\u0301'.repeat(9999)}${'\u0316'.repeat(9999)}`;
    const started = performance.now();
    normaliseText(pile);
    expect(performance.now() - started).toBeLessThan(100);
    expect(normaliseText(`e\u0301${'\u0316'.repeat(3)}`).tokens[0]?.folded).toBe('e');
  });

  it('takes any string, and long ones in no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { tokens } = normaliseText(text);
        for (const token of tokens) expect(token.kind === 'break' || token.text.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(normaliseText('')).toEqual({ tokens: [], style: [] });
    normaliseText('warm up @');
    for (const unit of [
      'a',
      'a.',
      '.a@',
      'é',
      '😀',
      "l'",
      '!',
      'ab ',
      '漢',
      '\u0301',
      '\ud800',
      ':-',
      '1/',
      'http',
    ]) {
      const started = performance.now();
      normaliseText(unit.repeat(Math.ceil(1e6 / unit.length)));
      // 20,000 characters are read. Some 20 ms; quadratic work would take many seconds.
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});

describe('languages', () => {
  it.each([
    'das ist sehr schlecht',
    'el producto es muy malo',
    'questo prodotto non funziona',
    'este produto é muito ruim',
    'dit is niet goed en het werkt niet',
    'bardzo dobry produkt, polecam, ale nie jest to',
    'Это плохо',
    '很好',
    'det är mycket bra och inte dyrt',
  ])('%s: another one', (text) => {
    expect(isOtherLanguage(words(text), ['fr', 'en'])).toBe(true);
  });

  it.each([
    'Super',
    'Très déçue du service',
    'top',
    'livraison rapide',
    'never again',
    'OK merci',
    'The colour is not as described',
    'bof',
    'Ne marche plus du tout',
    '',
  ])('%s: ours, or too little to tell', (text) => {
    expect(isOtherLanguage(words(text), ['fr', 'en'])).toBe(false);
  });

  it('tell French from English', () => {
    expect(isOtherLanguage(words('this is not what I have ordered'), ['fr'])).toBe(true);
    expect(isOtherLanguage(words("ce n'est pas ce que j'ai commandé"), ['en'])).toBe(true);
  });
});

describe('playful signs', () => {
  it.each([
    'Bravo 🙄',
    'Encore en retard, mdr',
    'génial #ironie',
    'well done /s',
    'ha haha',
    'sympa ;)',
    'au second degré bien sûr',
    'trop fort xD',
  ])('%s', (text) => {
    expect(isPlayful(normaliseText(text))).toBe(true);
  });
  it.each([
    'Bravo !',
    'parfait :)',
    'un degré de plus',
    '5 m/s',
    'hat',
    'Nottingham #bon',
    'encore en retard, génial',
  ])('%s: none', (text) => {
    expect(isPlayful(normaliseText(text))).toBe(false);
  });
});

describe('places', () => {
  it('lead from a composed text back to what was written, cluster by cluster', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (random) => {
        for (const text of [random, `é${random}e\u0301\u200d${random}`, random.normalize('NFD')]) {
          const clusters = clustersOf(text.toWellFormed());
          expect(clusters.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
          const joined = clusters.map((cluster) => cluster.composed).join('');
          expect(joined.replace(/[\u2019\u2018\u02bc\u00b4\u0060\u2032]/g, "'")).toBe(
            composeText(text).composed,
          );
        }
      }),
      { numRuns: 500 },
    );
    for (const [text, composed] of [
      ['n\u2019e\u0301te\u0301', "n'été"],
      ['\u1112\u1161\u11ab', '한'],
      ['a\u200d\u00adb\ufeff', 'ab'],
      ['👩\u200d🚀', '👩\u200d🚀'],
    ] as const)
      expect(composeText(text).composed).toBe(composed);
    expect(composeText('e\u0301te\u0301').placeOf(0, 1)).toEqual({ start: 0, end: 2 });
    expect(composeText('e\u0301te\u0301').placeOf(1, 3)).toEqual({ start: 2, end: 5 });
  });

  it.each([
    ["Qu’il l'a PAS", ['Qu’', 'il', "l'", 'a', 'PAS']],
    ['#BonPlan rec\u0327u 👍🏽 :-)', ['BonPlan', 'rec\u0327u', '👍🏽', ':-)']],
    ['sou\u00adple', ['sou\u00adple']],
  ])('%s', (text, written) => {
    expect(normaliseText(text).tokens.map(({ start, end }) => text.slice(start, end))).toEqual(written);
  });
});
