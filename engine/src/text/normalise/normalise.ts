import { composeText, foldAccents, squeezeRepeats } from './characters.ts';
import { splitElisions } from './elision.ts';
import { EMOJI_PATTERN, EMOTICON_PATTERN, emojiClass, emoticonClass } from './emoji.ts';
import { markNegation } from './negation.ts';
import { isPlayfulHashtag, PLAYFUL } from './playful.ts';
import type { NormalisedText, Token } from './token.ts';

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

const mark = (text: string): Token => ({
  kind: 'mark',
  text,
  folded: text,
  spellings: [text],
  negated: false,
});
const clauseEnd: Token = { kind: 'break', text: '', folded: '', spellings: [], negated: false };

const wordToken = (text: string, elongated: boolean): Token => {
  const folded = foldAccents(text);
  const spellings = folded === text ? [text] : [text, folded];
  if (elongated) {
    const single = folded.replace(/(\p{L})\1/gu, '$1');
    if (!spellings.includes(single)) spellings.push(single);
  }
  return { kind: 'word', text, folded, spellings, negated: false };
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
 * Reads a French or English text as tokens: NFC, lower case, elisions cut (l'|ami), words in the scope of a negation marked, elongations
 * shortened (trooop → troop), addresses, numbers and grades (4/5) as marks, emoji and emoticons as named classes. How it is written
 * (capitals, elongations, exclamation marks) comes beside. The first 20,000 UTF-16 units are read. O(length), about 0.1 µs a
 * character. Does not depend on locale or ICU, but for letters added to Unicode after the machine's version.
 *
 * @example normaliseText("J'aime PAS !").tokens.map((t) => t.text) // ["j'", 'aime', 'pas', '']
 */
export const normaliseText = (text: string, settings: NormaliseSettings = {}): NormalisedText => {
  const composed = composeText(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
  const tokens: Token[] = [];
  const style: string[] = [];
  const addWord = (raw: string): void => {
    // Without a locale: “I” is “i” in Turkey too.
    const lower = raw.toLowerCase();
    if (raw.length > 2 && raw === raw.toUpperCase() && raw !== lower) style.push('‹shout›');
    const short = squeezeRepeats(lower);
    if (short !== lower) style.push('‹long›');
    for (const part of splitElisions(short)) tokens.push(wordToken(part, short !== lower));
  };
  const pattern = composed.includes('@') ? withAddresses : withoutAddresses;
  for (const { 0: found, groups = {} } of composed.matchAll(pattern)) {
    const { url, email, mention, hashtag, grade, number, emoticon, emoji, word, loud, dots, aside } = groups;
    if (word !== undefined) addWord(word);
    else if (url !== undefined) tokens.push(mark('‹url›'));
    else if (aside !== undefined) style.push(PLAYFUL);
    else if (email !== undefined) tokens.push(mark('‹email›'));
    else if (mention !== undefined) tokens.push(mark('‹mention›'));
    else if (hashtag !== undefined) {
      style.push('‹hashtag›');
      if (isPlayfulHashtag(foldAccents(hashtag.toLowerCase()))) style.push(PLAYFUL);
      for (const part of hashtag.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []) addWord(part);
    } else if (grade !== undefined) tokens.push(mark(gradeMark(grade)));
    else if (number !== undefined) tokens.push(mark('‹number›'));
    else if (emoticon !== undefined) tokens.push(mark(`‹${emoticonClass(emoticon)}›`));
    else if (emoji !== undefined) {
      tokens.push(mark(`‹${emojiClass(emoji)}›`));
      style.push(found);
    } else {
      if (loud !== undefined) style.push(loudMark(loud));
      if (dots !== undefined) style.push('‹...›');
      if (tokens.length > 0 && tokens.at(-1) !== clauseEnd) tokens.push(clauseEnd);
    }
  }
  markNegation(tokens, settings.negationReach ?? 4);
  return { tokens, style };
};
