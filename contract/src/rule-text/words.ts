/**
 * Words of the grammar. They stand alone in any case; a key or an event of the same name is written between quotes.
 * English only: one text means the same to every colleague, and `words` says it in each one's language.
 */
const RESERVED = new Set(
  `everybody all any and or not is one of contains known more than at least less most between trait did time times fewer
   where item in the last day days hour hours from before spent ago true false`.split(/\s+/),
);

const WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u;

export const isReserved = (word: string): boolean => RESERVED.has(word.toLowerCase());

/** Characters that change the direction of what follows (Unicode TR 9): shown as they are, a text could lie. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Between double quotes, with the escapes of JSON. */
export const quotedText = (text: string): string =>
  JSON.stringify(text).replace(
    DIRECTION,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A key or the name of an event: bare where it can stand so. */
export const nameText = (name: string): string =>
  WORD.test(name) && !isReserved(name) ? name : quotedText(name);
