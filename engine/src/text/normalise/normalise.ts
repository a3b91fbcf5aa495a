import { foldAccents, squeezeRepeats } from './characters.ts';
import { splitElisions } from './elision.ts';
import { EMOJI_PATTERN, EMOTICON_PATTERN, emojiClass, emoticonClass } from './emoji.ts';
import { markNegation } from './negation.ts';
import { composeText, type Place } from './places.ts';
import { isPlayfulHashtag, PLAYFUL } from './playful.ts';
import type { NormalisedText, StyleMark, Token } from './token.ts';

/** Bounded repeats where two alternatives could read the same characters: no input takes more than linear time. */
const PATTERNS = {
  url: '(?:https?://|www\\.)\\S+|https?(?![\\p{L}\\p{N}])',
  email: '[\\p{L}\\p{N}._+-]{1,64}@[\\p{L}\\p{N}-]{1,64}\\.[\\p{L}.]{2,24}',
  mention: '@[\\p{L}\\p{N}_]{1,50}',
  hashtag: '#[\\p{L}\\p{M}\\p{N}_]+',
  aside: '(?<=\\s)/s(?![\\p{L}\\p{N}/])',
  grade: '\\d{1,2}(?:[.,]\\d)? ?/ ?(?:20|10|5)(?![\\d/])',
  number: '\\d+(?:[.,:]\\d+)*',
  emoticon: EMOTICON_PATTERN,
  emoji: EMOJI_PATTERN,
  word: "\\p{L}[\\p{L}\\p{M}]*(?:'[\\p{L}\\p{M}]+)*'?",
  loud: '[!?]+',
  dots: '…|\\.{2,}',
  clause: '[.,;:()"«»“”\\n]',
} as const;

const patternOf = (names: readonly (keyof typeof PATTERNS)[]): RegExp =>
  new RegExp(names.map((name) => `(?<${name}>${PATTERNS[name]})`).join('|'), 'gu');

const names = Object.keys(PATTERNS) as (keyof typeof PATTERNS)[];
const withAddresses = patternOf(names);
/** Looking for an address at every word is what takes longest. */
const withoutAddresses = patternOf(names.filter((name) => name !== 'email' && name !== 'mention'));

const mark = (text: string, { start, end }: Place): Token => ({
  kind: 'mark',
  text,
  folded: text,
  spellings: [text],
  negated: false,
  start,
  end,
});
const clauseEnd = ({ start, end }: Place): Token => ({
  kind: 'break',
  text: '',
  folded: '',
  spellings: [],
  negated: false,
  start,
  end,
});

const wordToken = (text: string, elongated: boolean, { start, end }: Place): Token => {
  const folded = foldAccents(text);
  const spellings = folded === text ? [text] : [text, folded];
  if (elongated) {
    const single = folded.replace(/(\p{L})\1/gu, '$1');
    if (!spellings.includes(single)) spellings.push(single);
  }
  return { kind: 'word', text, folded, spellings, negated: false, start, end };
};

const gradeMark = (text: string): string => {
  const [got = 0, of = 1] = text.replace(',', '.').split('/').map(Number);
  const share = got / of;
  return share >= 0.75 ? '‹grade:high›' : share <= 0.4 ? '‹grade:low›' : '‹grade:middle›';
};

const loudMark = (run: string): string =>
  run.includes('!') && run.includes('?') ? '‹!?›' : run.length > 1 ? `‹${run[0]}${run[0]}›` : `‹${run}›`;

/** Length up to which a text is read, in UTF-16 units. */
export const LONGEST_TEXT = 20_000;

export interface NormaliseSettings {
  /** Words a negation reaches when no clause ends before; 4 unless said. */
  readonly negationReach?: number;
}

/**
 * Reads a French or English text as tokens, each with its place in the text as given: NFC, without zero-width characters, lower case, elisions cut (l'|ami), words in the scope of a negation marked, elongations
 * shortened (trooop → troop), addresses, numbers and grades (4/5) as marks, emoji and emoticons as named classes. How it is written
 * (capitals, elongations, exclamation marks) comes beside. The first 20,000 UTF-16 units are read. O(length), about 0.1 µs a
 * character. Does not depend on locale or ICU, but for letters added to Unicode after the machine's version.
 *
 * @example normaliseText("J'aime PAS !").tokens.map((t) => t.text) // ["j'", 'aime', 'pas', '']
 */
export const normaliseText = (text: string, settings: NormaliseSettings = {}): NormalisedText => {
  const { composed, placeOf } = composeText(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
  const tokens: Token[] = [];
  const style: StyleMark[] = [];
  const addStyle = (mark: string, { start, end }: Place): void => void style.push({ mark, start, end });
  const addWord = (raw: string, index: number): void => {
    // Without a locale: “I” is “i” in Turkey too.
    const lower = raw.toLowerCase();
    const whole = placeOf(index, index + raw.length);
    if (raw.length > 2 && raw === raw.toUpperCase() && raw !== lower) addStyle('‹shout›', whole);
    const short = squeezeRepeats(lower);
    if (short !== lower) addStyle('‹long›', whole);
    let from = 0;
    for (const part of splitElisions(short)) {
      // Lower case and shorter, but with the same apostrophes: one ends each part that is cut off.
      const until = part.endsWith("'")
        ? raw.indexOf("'", from) + 1
        : raw.length - (raw.endsWith("'") ? 1 : 0);
      tokens.push(wordToken(part, short !== lower, placeOf(index + from, index + until)));
      from = until;
    }
  };
  const pattern = composed.includes('@') ? withAddresses : withoutAddresses;
  for (const { 0: found, groups = {}, index } of composed.matchAll(pattern)) {
    const { url, email, mention, hashtag, grade, number, emoticon, emoji, word, loud, dots, aside } = groups;
    if (word !== undefined) {
      addWord(word, index);
      continue;
    }
    const place = placeOf(index, index + found.length);
    const addMark = (name: string): void => void tokens.push(mark(name, place));
    if (url !== undefined) addMark('‹url›');
    else if (aside !== undefined) addStyle(PLAYFUL, place);
    else if (email !== undefined) addMark('‹email›');
    else if (mention !== undefined) addMark('‹mention›');
    else if (hashtag !== undefined) {
      addStyle('‹hashtag›', place);
      if (isPlayfulHashtag(foldAccents(hashtag.toLowerCase()))) addStyle(PLAYFUL, place);
      for (const part of hashtag.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) addWord(part[0], index + part.index);
    } else if (grade !== undefined) addMark(gradeMark(grade));
    else if (number !== undefined) addMark('‹number›');
    else if (emoticon !== undefined) addMark(`‹${emoticonClass(emoticon)}›`);
    else if (emoji !== undefined) {
      addMark(`‹${emojiClass(emoji)}›`);
      addStyle(found, place);
    } else {
      if (loud !== undefined) addStyle(loudMark(loud), place);
      if (dots !== undefined) addStyle('‹...›', place);
      if (tokens.length > 0 && tokens.at(-1)?.kind !== 'break') tokens.push(clauseEnd(place));
    }
  }
  markNegation(tokens, settings.negationReach ?? 4);
  return { tokens, style };
};
