import { engineError } from '../../errors/index.ts';
import { visitNgrams } from '../features/index.ts';
import { normaliseText } from '../normalise/index.ts';
import type { TextModel } from './model.ts';
import { readerOf } from './read-text.ts';

export interface NgramPart {
  /** As it was read: folded; NOT_ in a negation's scope; pieces of words between …. */
  readonly ngram: string;
  /** What it adds to the score of the class. */
  readonly contribution: number;
  /** Other n-grams of the training share its number, and so its weight. */
  readonly shared: boolean;
}

export interface TextExplanation {
  readonly class: string;
  /** Before softmax; `score` = `base` + Σ contributions. */
  readonly score: number;
  /** The class's intercept. */
  readonly base: number;
  /** By size, the largest first. N-grams that training never had add nothing and are not here. */
  readonly parts: readonly NgramPart[];
}

/**
 * Exactly what each n-gram of a text adds to the score of one class, by size. Nothing is approximated: the score is this sum. Words appear
 * as words, pairs and pieces at once; add them up by what you want to show. O(n-grams log n-grams).
 *
 * @throws EngineError `unknown_key` for a class that the model does not have
 * @example explainText(model, 'Je ne suis pas déçue', 'positive').parts[0] // { ngram: 'NOT_decue', contribution: 0.4, shared: false }
 */
export const explainText = (model: TextModel, text: string, className: string): TextExplanation => {
  const { classes, weights, intercepts, read, vocabulary } = model;
  const c = classes.indexOf(className);
  if (c < 0) throw engineError('unknown_key', `the model has no class “${className}”`, { class: className });
  const normalised = normaliseText(text, read);
  const spellings = new Map<number, string>();
  visitNgrams(normalised, read, (name, _block, spell) => {
    if (!spellings.has(name)) spellings.set(name, spell());
  });
  const base = intercepts[c] as number;
  let score = base;
  const { size, names, places, values } = readerOf(model).ngrams(normalised);
  const parts = Array.from({ length: size }, (_, k): NgramPart => {
    const at = places[k] as number;
    const contribution = (values[k] as number) * (weights[at * classes.length + c] as number);
    score += contribution;
    const ngram = spellings.get(names[k] as number) as string;
    return { ngram, contribution, shared: vocabulary.shared[at] === 1 };
  });
  parts.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.ngram < b.ngram ? -1 : 1));
  return { class: className, score, base, parts };
};
