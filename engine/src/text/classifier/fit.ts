import { type Watch, watchPart } from '../../fitting/index.ts';
import { fullSettings, learnText, type NoTextModel, type TextModelSettings } from '../model/index.ts';
import type { TextClassifier } from './certificate.ts';
import { type CertificateSettings, certify, fullCertificateSettings } from './certify.ts';
import { checkPeriods, type TextPeriods } from './periods.ts';
import { reportOn, type TextReport } from './report.ts';

export interface TextClassifierSettings {
  readonly model?: TextModelSettings;
  readonly certificate?: CertificateSettings;
}

export interface FittedTextClassifier {
  readonly kind: 'fitted';
  readonly classifier: TextClassifier;
  /** On the test period. */
  readonly report: TextReport;
}

/**
 * Learns from the first period, tests thresholds on the second, reports on the third. Each period must begin after the one before has ended, and the
 * calibration rows must not have been used before: tested twice, they promise nothing. A class that fails is never answered; where
 * all fail, nothing is. Cost: `fitTextModel`, and one reading of the other texts.
 *
 * @throws EngineError as `fitTextModel`; `out_of_range` for periods that overlap, `unknown_key` for the target of no class
 * @example
 * const periods = splitPeriods(textsFromStars({ texts, stars, atMs }));
 * const made = fitTextClassifier(periods, { certificate: { target: 0.1 } });
 * if (made.kind === 'fitted') classifyText(made.classifier, 'Arrivé cassé', nowMs);
 */
export const fitTextClassifier = (
  periods: TextPeriods,
  settings: TextClassifierSettings = {},
  watch?: Watch,
): FittedTextClassifier | NoTextModel => {
  const full = fullSettings(settings.model ?? {});
  const asked = fullCertificateSettings(settings.certificate ?? {}, full.classes);
  checkPeriods(periods, full.classes.length);
  const learned = learnText(periods.train, full, watchPart(watch, 0, 0.8));
  if (learned.kind === 'no_answer') return learned;
  const { model, heldOut } = learned;
  const certificate = certify(
    { model, heldOut, calibrate: periods.calibrate },
    asked,
    watchPart(watch, 0.8, 0.9),
  );
  const classifier: TextClassifier = { kind: 'text_classifier', model, certificate };
  return { kind: 'fitted', classifier, report: reportOn(classifier, periods.test, watchPart(watch, 0.9, 1)) };
};
