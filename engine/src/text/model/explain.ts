import { engineError } from '../../errors/index.ts';
import { type Ngram, visitNgrams } from '../features/index.ts';
import { normaliseText, type Place } from '../normalise/index.ts';
import type { TextModel } from './model.ts';
import { readerOf } from './read-text.ts';
import { createPlacer } from './written.ts';

export interface NgramPart {
  /** As the person wrote it, at the first of its places: a part of the text, never a name of the model's. */
  readonly written: string;
  /** Everywhere it stands, half-open: `text.slice(start, end)`, in UTF-16 units. */
  readonly places: readonly Place[];
  /**
   * What was read there: a `word`, a `pair` of neighbours, a `piece` of a word, or a `sign`: an emoji, a number, an address, a grade, or how it
   * is written (capitals, lengthened letters, !!). One word counts in several ways.
   */
  readonly reading: Ngram['reading'];
  /** Read as denied: in the scope of “ne … pas”, “sans”, “not” and the like. */
  readonly negated: boolean;
  /** What it adds to the score of the class. */
  readonly contribution: number;
  /**
   * Others of the training share its number (or one of its numbers), and so its weight, which may be theirs. Two n-grams with the same 32 bits are one to
   * the model and unseen here: among 100,000 about one pair.
   */
  readonly shared: boolean;
}

export interface TextExplanation {
  readonly class: string;
  /** Before softmax; `score` = `base` + Σ contributions, but for the rounding of another order. */
  readonly score: number;
  /** The class's intercept. */
  readonly base: number;
  /** By size, the largest first. N-grams that training never had add nothing and are not here. */
  readonly parts: readonly NgramPart[];
}

interface Found extends Pick<NgramPart, 'reading' | 'negated'> {
  readonly places: Place[];
}

/** What each n-gram was read from, by name. */
const findNgrams = (model: TextModel, text: string) => {
  const normalised = normaliseText(text, model.read);
  const found = new Map<number, Found>();
  const placeOf = createPlacer(text);
  visitNgrams(normalised, model.read, (name, _block, ngram) => {
    const read = ngram();
    const place = placeOf(read);
    const known = found.get(name);
    if (known) known.places.push(place);
    else found.set(name, { reading: read.reading, negated: read.negated, places: [place] });
  });
  return { normalised, found };
};

const sameReading = ({ reading, negated, places }: Found): string =>
  `${reading} ${negated} ${places.map(({ start, end }) => `${start}-${end}`).join()}`;

/**
 * Exactly what the n-grams of a text add to the score of one class, by size, in the person's own words; those read alike from the same places are
 * one part. Nothing is approximated: the score is this sum. Words appear as words, pairs and pieces at once; add up by place what you want to show. Of a long text the first
 * 20,000 UTF-16 units are read. O(n-grams log n-grams).
 *
 * @throws EngineError `unknown_key` for a class that the model does not have
 * @example
 * explainText(model, 'Je ne suis pas Déçue', 'positive').parts[0];
 * // { written: 'Déçue', places: [{ start: 15, end: 20 }], reading: 'word', negated: true, contribution: 0.4, shared: false }
 */
export const explainText = (model: TextModel, text: string, className: string): TextExplanation => {
  const { classes, weights, intercepts, vocabulary } = model;
  const c = classes.indexOf(className);
  if (c < 0) throw engineError('unknown_key', `the model has no class “${className}”`, { class: className });
  const { normalised, found } = findNgrams(model, text);
  const base = intercepts[c] as number;
  let score = base;
  const { size, names, places, values } = readerOf(model).ngrams(normalised);
  // A word with accents and without, an emoji and its class, an ending with the space behind it: n-grams of their own, one reading.
  const readings = new Map<string, NgramPart>();
  for (let k = 0; k < size; k++) {
    const at = places[k] as number;
    const value = (values[k] as number) * (weights[at * classes.length + c] as number);
    score += value;
    const own = found.get(names[k] as number) as Found;
    const key = sameReading(own);
    const before = readings.get(key);
    const [{ start, end }] = own.places as [Place];
    readings.set(key, {
      written: text.slice(start, end),
      ...own,
      contribution: (before?.contribution ?? 0) + value,
      shared: before?.shared === true || vocabulary.shared[at] === 1,
    });
  }
  const parts = [...readings.values()];
  const startOf = ({ places }: NgramPart): number => places[0]?.start ?? 0;
  parts.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || startOf(a) - startOf(b));
  return { class: className, score, base, parts };
};
