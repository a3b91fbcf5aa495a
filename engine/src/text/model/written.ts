import type { Ngram } from '../features/index.ts';
import { clustersOf, foldAccents, type Place, squeezeRepeats } from '../normalise/index.ts';

/** Where each UTF-16 unit of a folded word was written; undefined where its letters do not fold one by one. O(length). */
const placesOfUnits = (written: string, folded: string): readonly Place[] | undefined => {
  const places: Place[] = [];
  let [built, tail] = ['', ''];
  for (const { composed, start, end } of clustersOf(written)) {
    // Squeezing looks two letters back.
    const longer = squeezeRepeats(tail + composed.toLowerCase());
    const added = foldAccents(longer.slice(tail.length));
    tail = Array.from(longer).slice(-2).join('');
    built += added;
    for (let k = 0; k < added.length; k++) places.push({ start, end });
    // What is squeezed away belongs to the letter before.
    const last = places.at(-1);
    if (added === '' && last) places[places.length - 1] = { start: last.start, end };
  }
  return built === folded ? places : undefined;
};

/**
 * Finds where in a text an n-gram was written: `text.slice(start, end)`. Of a piece its own letters, with their accents and marks; the whole
 * word where these cannot be told apart. O(1), and O(length) once a word.
 */
export const createPlacer = (text: string): ((ngram: Ngram) => Place) => {
  const units = new Map<Place, readonly Place[] | undefined>();
  return ({ first, last, within }) => {
    const { start, end } = first;
    if (!within) return { start, end: last.end };
    if (!units.has(first)) units.set(first, placesOfUnits(text.slice(start, end), within.word.folded));
    const places = units.get(first);
    const [from, until] = [places?.[within.from], places?.[within.until - 1]];
    if (!from || !until || within.until <= within.from) return { start, end };
    return { start: start + from.start, end: start + until.end };
  };
};
