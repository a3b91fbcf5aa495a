import { chancesOf, type ReadText, readerOf, type TextModel } from '../model/index.ts';
import { LONGEST_TEXT } from '../normalise/index.ts';

/**
 * `no_words`: empty, or emoji and signs alone · `too_long`: over 20,000 characters · `other_language`: in none of the model's · `unseen_words`:
 * training knew too few of its words · `playful`: laughter, winks, rolled eyes, #not and the like: signs not to take it at its word
 */
export type UnreadReason = 'no_words' | 'too_long' | 'other_language' | 'unseen_words' | 'playful';

export interface JudgedText {
  readonly kind: 'judged';
  /** The likeliest class and its chance. */
  readonly label: number;
  readonly chance: number;
}

export interface UnreadText {
  readonly kind: 'no_answer';
  readonly reason: UnreadReason;
}

const unread = (reason: UnreadReason): UnreadText => ({ kind: 'no_answer', reason });

/** The likeliest class; equal chances go to the first. */
export const judgeRead = (model: TextModel, read: ReadText, knownShare: number): JudgedText | UnreadText => {
  if (read.spoken === 0) return unread('no_words');
  if (read.otherLanguage) return unread('other_language');
  if (read.known === 0 || read.known < knownShare * read.words) return unread('unseen_words');
  if (read.playful) return unread('playful');
  const chances = chancesOf(model, read.logits);
  let label = 0;
  for (let c = 1; c < chances.length; c++) if ((chances[c] as number) > (chances[label] as number)) label = c;
  return { kind: 'judged', label, chance: chances[label] as number };
};

export const judgeText = (model: TextModel, text: string, knownShare: number): JudgedText | UnreadText =>
  text.length > LONGEST_TEXT ? unread('too_long') : judgeRead(model, readerOf(model).read(text), knownShare);
