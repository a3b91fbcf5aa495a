import { checkAllFinite, checkLength, checkLevel, engineError } from '../../errors/index.ts';
import { compareWords, SMALLEST_P, sketchWords, type WordsCompared } from '../drift/index.ts';
import type { TextClassifier } from './certificate.ts';
import { spanOf } from './periods.ts';
import { sampleWords } from './sample-words.ts';

export interface RecentTexts {
  readonly texts: readonly string[];
  /** When each was written, ms since 1970; length n. */
  readonly atMs: ArrayLike<number>;
}

export interface WordsChecked extends WordsCompared {
  readonly kind: 'words_hold' | 'words_drifted';
  /** Texts compared, at most 1,000. */
  readonly texts: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface WordsUnchecked {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_texts';
  readonly found: number;
  readonly limit: number;
}

/** With fewer, only a change of nearly everything would be found, and “no change” would mean nothing. */
const LEAST_TEXTS = 100;

/**
 * Whether recent texts (labels are not needed) use the words of the calibration period: two permutation tests, of the share of unknown words and of
 * which words are used, at `level` together (0.01 unless said, at least 0.002): the chance of a false alarm of one check. That the words hold does not
 * prove that they still mean the same. O(999 × words of 2,000 texts), some 100 ms.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `probability_out_of_range`
 * @example checkWords(classifier, { texts, atMs }).kind // 'words_hold'
 */
export const checkWords = (
  { model, certificate }: TextClassifier,
  recent: RecentTexts,
  { level = 0.01 }: { readonly level?: number } = {},
): WordsChecked | WordsUnchecked => {
  // Each of the two tests has half of it; below their smallest p-value nothing would ever be found.
  if (checkLevel('level', level) < 2 * SMALLEST_P)
    throw engineError('out_of_range', `level must be at least ${2 * SMALLEST_P}, got ${level}`, { level });
  checkLength('atMs', recent.atMs.length, recent.texts.length);
  checkAllFinite('atMs', recent.atMs);
  const found = Math.min(recent.texts.length, certificate.reference.texts);
  if (found < LEAST_TEXTS) return { kind: 'no_answer', reason: 'too_few_texts', found, limit: LEAST_TEXTS };
  const now = sketchWords(sampleWords(model, recent.texts));
  const compared = compareWords(certificate.reference, now, 'check words');
  const drifted = Math.min(compared.pUnknown, compared.pWords) <= level / 2;
  const [fromMs, untilMs] = spanOf(recent);
  return { kind: drifted ? 'words_drifted' : 'words_hold', ...compared, texts: now.texts, fromMs, untilMs };
};

const DAY_MS = 86_400_000;

/**
 * The classifier after a check: longer valid where the words held, and for ever silent where they drifted; only new labels mend that. A check
 * without an answer changes nothing.
 *
 * @example renewCertificate(classifier, checkWords(classifier, recent))
 */
export const renewCertificate = (
  classifier: TextClassifier,
  checked: WordsChecked | WordsUnchecked,
): TextClassifier => {
  if (checked.kind === 'no_answer') return classifier;
  const { certificate } = classifier;
  const drifted = certificate.drifted || checked.kind === 'words_drifted';
  const validUntilMs = drifted
    ? certificate.validUntilMs
    : Math.max(certificate.validUntilMs, checked.untilMs + certificate.validDays * DAY_MS);
  return { ...classifier, certificate: { ...certificate, drifted, validUntilMs } };
};
