import { type Reliability, reliabilityOf } from '../../calibration/index.ts';
import { type Estimate, wilsonInterval } from '../../fairness/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { checkTexts, type LabelledTexts, type TextModel, textChances } from '../model/index.ts';
import { type RiskCoverage, riskCoverage } from '../selective/index.ts';
import type { TextClassifier } from './certificate.ts';
import { TELL_TEXTS } from './certify.ts';
import { type AbstainReason, classifyText } from './classify.ts';
import { oneAWriter } from './one-a-writer.ts';

export interface ClassReport {
  readonly class: string;
  readonly target: number;
  /** Answers given with this class, and wrong ones among them. */
  readonly answered: number;
  readonly errors: number;
  /** Share wrong with Wilson's 95 % interval; undefined without an answer. */
  readonly error: Estimate | undefined;
}

/** How the classifier did on texts that nothing was chosen by. */
export interface TextReport {
  readonly texts: number;
  /** Share of all texts answered. */
  readonly coverage: number;
  readonly perClass: readonly ClassReport[];
  /** Texts that were not answered, by reason. */
  readonly abstained: Readonly<Partial<Record<AbstainReason, number>>>;
  /** Were every text answered: mean over classes of the F1 score, and share right. */
  readonly macroF1: number;
  readonly accuracy: number;
  /** Of the likeliest class's chance, for all texts. */
  readonly reliability: Reliability;
  readonly riskCoverage: RiskCoverage;
}

/**
 * Mean over classes of 2 TP / (2 TP + FP + FN); a class that is neither there nor predicted counts 0, as in scikit-learn. O(n).
 *
 * @example macroF1([0, 1], [0, 0], 2) // 0.333
 */
export const macroF1 = (predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number => {
  const [hits, said, are] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  const count = (counts: Float64Array, c: number): void => {
    counts[c] = (counts[c] as number) + 1;
  };
  for (let i = 0; i < predicted.length; i++) {
    const [p, y] = [predicted[i] as number, labels[i] as number];
    count(said, p);
    count(are, y);
    if (p === y) count(hits, y);
  }
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const both = (said[c] as number) + (are[c] as number);
    if (both > 0) sum += (2 * (hits[c] as number)) / both;
  }
  return sum / classes;
};

/** The likeliest class of a text, and its chance, as if none were left out. */
const forced = (model: TextModel, text: string) => {
  const chances = textChances(model, text);
  const chance = Math.max(...chances);
  return { label: chances.indexOf(chance), chance };
};

/**
 * How the classifier does on labelled texts, one of each writer where writers are known, each asked about at the time it was written.
 * O(texts × length).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `cancelled`
 * @example reportOn(classifier, periods.test).coverage // 0.86
 */
export const reportOn = (classifier: TextClassifier, given: LabelledTexts, watch?: Watch): TextReport => {
  const { model, certificate } = classifier;
  checkTexts(given, model.classes.length);
  const { texts, labels, atMs } = oneAWriter(given);
  const abstained: Partial<Record<AbstainReason, number>> = {};
  const counts = certificate.perClass.map(() => ({ answered: 0, errors: 0 }));
  const all = texts.map((text, i) => {
    if (i % TELL_TEXTS === 0) tell(watch, 'report', i / (2 * texts.length));
    return forced(model, text);
  });
  texts.forEach((text, i) => {
    if (i % TELL_TEXTS === 0) tell(watch, 'report', 0.5 + i / (2 * texts.length));
    const found = classifyText(classifier, text, atMs[i] as number);
    if (found.kind === 'no_answer') {
      abstained[found.reason] = (abstained[found.reason] ?? 0) + 1;
      return;
    }
    const c = model.classes.indexOf(found.class);
    const count = counts[c] as { answered: number; errors: number };
    count.answered++;
    if (labels[i] !== c) count.errors++;
  });
  const chances = all.map(({ chance }) => chance);
  const right = all.map(({ label }, i): number => (label === labels[i] ? 1 : 0));
  const answered = counts.reduce((sum, count) => sum + count.answered, 0);
  return {
    texts: texts.length,
    coverage: answered / texts.length,
    perClass: certificate.perClass.map(({ class: name, target }, c) => {
      const { answered, errors } = counts[c] as { answered: number; errors: number };
      const error = answered > 0 ? wilsonInterval(errors, answered) : undefined;
      return { class: name, target, answered, errors, error };
    }),
    abstained,
    macroF1: macroF1(
      all.map(({ label }) => label),
      labels,
      model.classes.length,
    ),
    accuracy: right.reduce((sum, each) => sum + each, 0) / texts.length,
    reliability: reliabilityOf({ chances, outcomes: right }),
    riskCoverage: riskCoverage({ scores: chances, wrong: right.map((each) => 1 - each) }),
  };
};
