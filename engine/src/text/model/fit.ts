import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { type Corpus, type LabelledTexts, readCorpus } from './corpus.ts';
import { buildDesign } from './design.ts';
import type { NoTextModel, TextModel } from './model.ts';
import { type FullSettings, fullSettings, type TextModelSettings } from './settings.ts';
import { fitSoftmax } from './softmax.ts';
import { backToShares, classWeightsOf, type HeldOut, tune } from './tune.ts';
import { learnVocabulary } from './vocabulary.ts';

/** Texts that a class needs in all, and among the latest fifth, before anything is learned. */
const LEAST_TEXTS = 20;
const LEAST_LATER = 5;
/** Of the texts, those at the end that choose penalty and temperature. */
const LATER_SHARE = 0.2;

/** A column of reviews may have holes. @throws EngineError `out_of_range` */
export const checkStrings = (texts: readonly unknown[]): void => {
  const index = texts.findIndex((text) => typeof text !== 'string');
  if (index >= 0)
    throw engineError('out_of_range', `texts[${index}] is no text: ${String(texts[index])}`, { index });
};

export const checkTexts = ({ texts, labels, atMs, writers }: LabelledTexts, classes: number): void => {
  if (texts.length === 0) throw engineError('empty_input', 'there are no texts');
  checkLength('labels', labels.length, texts.length);
  if (writers) checkLength('writers', writers.length, texts.length);
  checkLength('atMs', atMs.length, texts.length);
  checkAllFinite('atMs', atMs);
  checkStrings(texts);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw engineError('out_of_range', `labels[${i}] is no class: ${label}`, { index: i });
  }
};

const tooFew = (corpus: Corpus, split: number, classes: readonly string[]): NoTextModel | undefined => {
  for (const [name, from, limit] of classes.flatMap((name) => [
    [name, 0, LEAST_TEXTS] as const,
    [name, split, LEAST_LATER] as const,
  ])) {
    const label = classes.indexOf(name);
    let found = 0;
    for (let i = from; i < corpus.size; i++) if (corpus.labels[i] === label) found++;
    if (found < limit) return { kind: 'no_answer', reason: 'too_few_texts', class: name, found, limit };
  }
  return undefined;
};

const modelOf = (
  corpus: Corpus,
  settings: FullSettings,
  {
    tuned,
    watch,
  }: { readonly tuned: NonNullable<ReturnType<typeof tune>>; readonly watch: Watch | undefined },
): TextModel => {
  const { classes, languages, bits, words, pieces, negationReach, balance } = settings;
  const { inversePenalty, temperature, tried } = tuned;
  const vocabulary = learnVocabulary(corpus, [0, corpus.size], settings);
  const design = buildDesign(corpus, [0, corpus.size], vocabulary);
  const classWeights = classWeightsOf(corpus.labels, classes.length, balance);
  const problem = { design, classes: classes.length, classWeights, inversePenalty };
  const start = new Float64Array((design.columns + 1) * classes.length);
  const fitted = fitSoftmax(problem, start, watch);
  const perClass = classes.map(() => 0);
  for (const label of corpus.labels) perClass[label] = (perClass[label] as number) + 1;
  return {
    kind: 'text_model',
    classes,
    languages,
    read: { bits, words, pieces, negationReach },
    vocabulary,
    weights: Float32Array.from(fitted.weights.subarray(0, design.columns * classes.length)),
    intercepts: backToShares(fitted.weights.slice(design.columns * classes.length), classWeights),
    temperature,
    diagnostics: {
      texts: corpus.size,
      perClass,
      fromMs: corpus.atMs[0] as number,
      untilMs: corpus.atMs[corpus.size - 1] as number,
      tried,
      inversePenalty,
      settled: fitted.settled,
    },
  };
};

/** The model, and chances of its latest fifth by a model of the others: from these thresholds may be planned. */
export interface LearnedText {
  readonly kind: 'learned';
  readonly model: TextModel;
  readonly heldOut: HeldOut;
}

export const learnText = (
  given: LabelledTexts,
  settings: FullSettings,
  watch?: Watch,
): LearnedText | NoTextModel => {
  checkTexts(given, settings.classes.length);
  const corpus = readCorpus(given, settings, watchPart(watch, 0, 0.2));
  const split = Math.max(1, Math.floor(corpus.size * (1 - LATER_SHARE)));
  const refused = tooFew(corpus, split, settings.classes);
  if (refused) return refused;
  const tuned = tune({ corpus, split }, settings, watchPart(watch, 0.2, 0.8));
  if (!tuned) return { kind: 'no_answer', reason: 'words_say_nothing' };
  const model = modelOf(corpus, settings, { tuned, watch: watchPart(watch, 0.8, 1) });
  return { kind: 'learned', model, heldOut: tuned.heldOut };
};

/**
 * Learns the class of a text from its words: hashed n-grams of words and pieces of words, sublinear counts × inverse text frequency, words and
 * pieces each of length 1, multinomial logistic regression with an L2 penalty (after Joachims 1998; Weinberger et al., ICML 2009). Penalty and
 * temperature are chosen on the latest fifth, then all texts are learned. The order of the rows changes nothing, to the last bit. Alone it
 * promises nothing about errors: `fitTextClassifier` does. O(n-grams × classes × iterations), some 300 iterations in all;
 * memory about 30 bytes an n-gram, 60 to 300 n-grams a text.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `cancelled`
 * @example
 * const made = fitTextModel({ texts, labels, atMs }, { languages: ['fr'] });
 * if (made.kind === 'text_model') textChances(made, 'Très déçue, ça ne marche pas'); // [0.9, 0.07, 0.03]
 */
export const fitTextModel = (
  given: LabelledTexts,
  settings: TextModelSettings = {},
  watch?: Watch,
): TextModel | NoTextModel => {
  const made = learnText(given, fullSettings(settings), watch);
  return made.kind === 'learned' ? made.model : made;
};
