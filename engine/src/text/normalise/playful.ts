import type { NormalisedText } from './token.ts';

/** Marks of faces that people put beside what they do not quite mean. */
const FACES = new Set(['‹laugh›', '‹wink›', '‹wry›']);
const WORDS =
  /^(?:lo+l|mdr+|ptdr+|xptdr|lmao|rofl|jk|(?:ha|he|hi|hé){2,}h?|ironi(?:e|que|quement|c|cally)|sarcas(?:m|me|tic|tique)|second degre)$/;
/** By which people say so; most data sets of irony were found by them. */
const HASHTAGS = /^#(?:not|iron|sarcas|joke|blague|humou?r|seconddegre|jk|lol|mdr)/;

/** The style mark of a text that says itself that it plays: a hashtag, or a closing /s. */
export const PLAYFUL = '‹playful›';

export const isPlayfulHashtag = (foldedHashtag: string): boolean => HASHTAGS.test(foldedHashtag);

/**
 * Whether a text has signs by which people tell others not to take it at its word: laughter, winks, rolled eyes, #not. It names nothing: a sincere
 * text may have them too. Without such signs a joke looks like any other text.
 *
 * @example isPlayful(normaliseText('Super, encore en retard 🙄')) // true
 */
export const isPlayful = ({ tokens, style }: NormalisedText): boolean =>
  style.some(({ mark }) => mark === PLAYFUL) ||
  tokens.some(({ kind, folded }, i) => {
    if (kind === 'mark') return FACES.has(folded);
    return WORDS.test(folded === 'degre' ? `${tokens[i - 1]?.folded ?? ''} degre` : folded);
  });
