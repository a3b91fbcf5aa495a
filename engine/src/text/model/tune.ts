import { fitTemperature } from '../../calibration/index.ts';
import { type Watch, watchPart } from '../../fitting/index.ts';
import { logSumExp, softmaxInto } from '../../special/index.ts';
import type { Corpus } from './corpus.ts';
import { buildDesign, type Design } from './design.ts';
import type { FullSettings } from './settings.ts';
import { fitSoftmax, softmaxScores } from './softmax.ts';
import { learnVocabulary } from './vocabulary.ts';

/** Chances of texts that the model of the others had not seen. */
export interface HeldOut {
  /** rows × classes. */
  readonly chances: Float64Array;
  readonly labels: Uint8Array;
}

export interface Tuned {
  readonly inversePenalty: number;
  readonly temperature: number;
  readonly tried: readonly { readonly inversePenalty: number; readonly logLoss: number }[];
  readonly heldOut: HeldOut;
}

/** n / (classes × n_c), so that every class weighs the same; 1 where not asked. */
export const classWeightsOf = (labels: Uint8Array, classes: number, balance: boolean): Float64Array => {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts.map((count) => (balance && count > 0 ? labels.length / (classes * count) : 1));
};

/** Brings scores learned with weights back to the real shares of the classes (Elkan, IJCAI 2001). */
export const backToShares = (scores: Float64Array, classWeights: Float64Array): Float64Array =>
  scores.map((score, i) => score - Math.log(classWeights[i % classWeights.length] as number));

const meanLogLoss = (logits: Float64Array, labels: Uint8Array, classes: number): number => {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    sum += logSumExp(own) - (own[labels[row] as number] as number);
  }
  return sum / labels.length;
};

/**
 * Learns from the texts before `split` and compares penalties on those behind, each with its own best temperature. The texts are in the
 * order of time.
 */
export const tune = (
  { corpus, split }: { readonly corpus: Corpus; readonly split: number },
  settings: FullSettings,
  watch?: Watch,
): Tuned | undefined => {
  const { inversePenalties, balance } = settings;
  const classes = settings.classes.length;
  const vocabulary = learnVocabulary(corpus, [0, split], settings);
  const design: Design = buildDesign(corpus, [0, split], vocabulary);
  const later = buildDesign(corpus, [split, corpus.size], vocabulary);
  const classWeights = classWeightsOf(design.labels, classes, balance);
  const [modelUntilMs = 0, fromMs = 0] = corpus.atMs.subarray(split - 1, split + 1);
  const basis =
    modelUntilMs < fromMs
      ? ({
          kind: 'later_period',
          modelUntilMs,
          fromMs,
          untilMs: (corpus.atMs[corpus.size - 1] as number) + 1,
        } as const)
      : ({ kind: 'held_out' } as const);
  let weights: Float64Array = new Float64Array((design.columns + 1) * classes);
  let best: (Tuned & { readonly logLoss: number }) | undefined;
  const tried: { inversePenalty: number; logLoss: number }[] = [];
  for (const [k, inversePenalty] of inversePenalties.entries()) {
    const part = watchPart(watch, k / inversePenalties.length, (k + 1) / inversePenalties.length);
    weights = fitSoftmax({ design, classes, classWeights, inversePenalty }, weights, part).weights;
    const logits = backToShares(softmaxScores(later, weights, classes), classWeights);
    const labels = later.labels;
    const made = fitTemperature({
      logits: { rows: later.rows, columns: classes, values: logits },
      labels,
      basis,
    });
    if (made.kind === 'no_answer' && made.reason === 'uninformative') continue;
    // Every text right: nothing says how much too careful the model is.
    const temperature = made.kind === 'no_answer' ? 1 : made.temperature;
    const scaled = logits.map((each) => each / temperature);
    const logLoss = meanLogLoss(scaled, labels, classes);
    tried.push({ inversePenalty, logLoss });
    // Weaker penalties are slower to fit, and past the best one they only lose.
    if (best && !(logLoss < best.logLoss)) break;
    for (let row = 0; row < labels.length; row++) {
      const own = scaled.subarray(row * classes, (row + 1) * classes);
      softmaxInto(own, own);
    }
    best = { inversePenalty, temperature, tried, heldOut: { chances: scaled, labels }, logLoss };
  }
  return best;
};
