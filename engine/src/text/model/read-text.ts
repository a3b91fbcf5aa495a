import { createNgramCounter, wordName } from '../features/index.ts';
import {
  isOtherLanguage,
  isPlayful,
  type NormalisedText,
  normaliseText,
  SMALL_WORDS,
} from '../normalise/index.ts';
import type { TextModel } from './model.ts';
import { createLookup, dampen, signOf } from './vocabulary.ts';

/** What a model makes of one text. */
export interface ReadText {
  /** Scores before softmax and temperature, one for each class. */
  readonly logits: Float64Array;
  /** All words; those with a meaning of their own (not “the” or “de”); and of these, those that training knew. */
  readonly spoken: number;
  readonly words: number;
  readonly known: number;
  /** Names of all distinct words, folded, and how many of them are unknown. */
  readonly names: Uint32Array;
  readonly unknown: number;
  readonly otherLanguage: boolean;
  /** Signs that it may not be meant as it says. */
  readonly playful: boolean;
}

/** The distinct n-grams of a text that have a weight. Views: valid until the next text. */
export interface NgramValues {
  readonly size: number;
  readonly names: Uint32Array;
  /** Place of the weights, and the value in the row. */
  readonly places: Uint32Array;
  readonly values: Float64Array;
}

export interface TextReader {
  readonly read: (text: string) => ReadText;
  readonly ngrams: (text: NormalisedText) => NgramValues;
}

/** Small words that say something by themselves. */
const TELLING = 'bien merci trop beaucoup jamais rien non oui no not never too only yes'.split(' ');
const smallWords = new Set<string>([...SMALL_WORDS.fr, ...SMALL_WORDS.en]);
for (const word of TELLING) smallWords.delete(word);

const makeReader = (model: TextModel): TextReader => {
  const { classes, vocabulary, weights, intercepts, read: settings, languages } = model;
  const place = createLookup(vocabulary);
  const count = createNgramCounter(settings);
  const known = new Set(vocabulary.knownWords);
  const width = classes.length;

  let room = 0;
  let names = new Uint32Array(0);
  let places = new Uint32Array(0);
  let values = new Float64Array(0);
  const valuesOf = (text: NormalisedText): NgramValues => {
    const found = count(text);
    if (found.size > room) {
      room = 2 * found.size;
      [names, places, values] = [new Uint32Array(room), new Uint32Array(room), new Float64Array(room)];
    }
    const squares = [0, 0];
    // The block stands in the place's lowest bit until the lengths are known.
    let size = 0;
    for (let k = 0; k < found.size; k++) {
      const name = found.names[k] as number;
      const at = place(name);
      if (at < 0) continue;
      const block = found.blocks[k] as number;
      const value = signOf(name) * dampen(found.counts[k] as number) * (vocabulary.idf[at] as number);
      squares[block] = (squares[block] as number) + value * value;
      names[size] = name;
      places[size] = 2 * at + block;
      values[size++] = value;
    }
    const scales = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 0));
    for (let k = 0; k < size; k++) {
      const mark = places[k] as number;
      values[k] = (values[k] as number) * (scales[mark & 1] as number);
      places[k] = mark >>> 1;
    }
    return { size, names, places, values };
  };

  const wordsOf = ({ tokens }: NormalisedText) => {
    const names = new Map<number, boolean>();
    let [words, wordsKnown] = [0, 0];
    let spoken = 0;
    for (const { kind, folded, spellings } of tokens) {
      if (kind !== 'word') continue;
      spoken++;
      const isKnown = spellings.some((spelling) => known.has(wordName(spelling)));
      names.set(wordName(folded), isKnown);
      if (smallWords.has(folded.endsWith("'") ? folded.slice(0, -1) : folded)) continue;
      words++;
      if (isKnown) wordsKnown++;
    }
    let unknown = 0;
    for (const isKnown of names.values()) if (!isKnown) unknown++;
    return { spoken, words, known: wordsKnown, names: Uint32Array.from(names.keys()), unknown };
  };

  return {
    ngrams: valuesOf,
    read: (raw) => {
      const text = normaliseText(raw, settings);
      const logits = intercepts.slice();
      const found = valuesOf(text);
      for (let k = 0; k < found.size; k++) {
        const value = found.values[k] as number;
        const at = (found.places[k] as number) * width;
        for (let c = 0; c < width; c++)
          logits[c] = (logits[c] as number) + value * (weights[at + c] as number);
      }
      const said = text.tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []));
      return {
        logits,
        ...wordsOf(text),
        otherLanguage: isOtherLanguage(said, languages),
        playful: isPlayful(text),
      };
    },
  };
};

const readers = new WeakMap<TextModel, TextReader>();

/** The reader of a model, made once: a table of 4 × 2^bits bytes. */
export const readerOf = (model: TextModel): TextReader => {
  const found = readers.get(model);
  if (found) return found;
  const made = makeReader(model);
  readers.set(model, made);
  return made;
};
