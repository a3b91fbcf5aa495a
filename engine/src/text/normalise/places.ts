/** Seen by nobody: soft hyphen, zero-width characters, direction marks. A joiner between letters too; emoji need theirs. */
const UNSEEN = '\\u00ad\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
const unseen = new RegExp(`[${UNSEEN}]|(?<=\\p{L})\\u200d`, 'gu');

/** More marks than any language puts on one letter: sorting long runs of them would take quadratic time. */
const PILED_MARKS = /(\p{M}{16})\p{M}+/gu;

const compose = (text: string): string =>
  text.replace(unseen, '').replace(PILED_MARKS, '$1').normalize('NFC');

const straightened = (text: string): string => text.replace(/[\u2019\u2018\u02bc\u00b4\u0060\u2032]/g, "'");

/** A character with all that may be composed with it: marks, what is not seen, vowels and ends of Hangul syllables. */
const CLUSTER = new RegExp(`[\\s\\S][\\p{M}\\u200d${UNSEEN}\\u1160-\\u11ff]*`, 'gu');

/** The characters of a text, each as it is composed, and where it begins and ends. O(length). */
export const clustersOf = (
  text: string,
): readonly { readonly composed: string; readonly start: number; readonly end: number }[] =>
  Array.from(text.matchAll(CLUSTER), ({ 0: found, index }) => ({
    composed: compose(found),
    start: index,
    end: index + found.length,
  }));

/** Half-open, in UTF-16 units of the text as given: `text.slice(start, end)`. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface ComposedText {
  readonly composed: string;
  /** Where in the text as given a part of the composed one was written. */
  readonly placeOf: (start: number, end: number) => Place;
}

const itself = (start: number, end: number): Place => ({ start, end });

/**
 * NFC, well formed, without what nobody sees, and every apostrophe people type as '; with the way back to what was written. A part of a
 * character that was composed of several is placed at all of them. O(length).
 *
 * @example composeText('e\u0301te\u0301').placeOf(0, 1) // { start: 0, end: 2 }
 */
export const composeText = (given: string): ComposedText => {
  const text = given.toWellFormed();
  const whole = compose(text);
  const composed = straightened(whole);
  if (whole === text) return { composed, placeOf: itself };
  const starts = new Uint32Array(whole.length);
  const ends = new Uint32Array(whole.length);
  let at = 0;
  for (const { composed: part, start, end } of clustersOf(text)) {
    starts.fill(start, at, at + part.length);
    ends.fill(end, at, at + part.length);
    at += part.length;
  }
  return {
    composed,
    placeOf: (start, end) => ({ start: starts[start] as number, end: ends[end - 1] as number }),
  };
};
