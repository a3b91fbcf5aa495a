import type { WordSketches } from '../drift/index.ts';
import type { TextModel } from '../model/index.ts';
import type { ThresholdTest } from '../selective/index.ts';

/** What one class was allowed after the test. */
export interface ClassCertificate {
  readonly class: string;
  /** Largest share of wrong answers that was asked for. */
  readonly target: number;
  /** Least chance at which this class is answered; undefined: it never is. */
  readonly threshold: number | undefined;
  /** Share of `delta` spent on it; 0 where earlier rows showed no hope and it was not tested. */
  readonly level: number;
  readonly tests: readonly ThresholdTest[];
}

/**
 * With chance at least 1 - `delta` over the calibration rows, for all classes at once: of the texts answered with a class, at most its
 * `target` are of another one, in the population that the calibration rows came from.
 */
export interface TextCertificate {
  readonly delta: number;
  readonly perClass: readonly ClassCertificate[];
  /** Least share of a text's words that training must know. */
  readonly knownShare: number;
  /** Texts that counted (one a writer), and when the first and the last were written. Texts written before are not answered. */
  readonly calibrated: { readonly texts: number; readonly fromMs: number; readonly untilMs: number };
  /** Texts written later are not answered until the words have been checked again; one written then still is. */
  readonly validUntilMs: number;
  readonly validDays: number;
  /** The words had changed when last checked: nothing is answered any more. */
  readonly drifted: boolean;
  /** Words of the calibration period, for later comparison. */
  readonly reference: WordSketches;
}

/** Answers, or says why not. Data only. */
export interface TextClassifier {
  readonly kind: 'text_classifier';
  readonly model: TextModel;
  readonly certificate: TextCertificate;
}
