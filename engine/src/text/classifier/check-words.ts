import { checkAllFinite, checkLength, checkLevel, engineError } from '../../errors/index.ts';
import { compareWords, SMALLEST_P, sketchWords, type WordsCompared } from '../drift/index.ts';
import { checkStrings, type LabelledTexts } from '../model/index.ts';
import type { TextClassifier } from './certificate.ts';
import { oneAWriter } from './one-a-writer.ts';
import { spanOf } from './periods.ts';
import { sampleWords } from './sample-words.ts';

export interface RecentTexts {
  readonly texts: readonly string[];
  /** When each was written, ms since 1970; length n. */
  readonly atMs: ArrayLike<number>;
  /** Who wrote each, as in `LabelledTexts`; length n. One text a writer is compared. */
  readonly writers?: NonNullable<LabelledTexts['writers']>;
}

export interface WordsChecked extends WordsCompared {
  readonly kind: 'words_hold' | 'words_drifted';
  /** Texts compared, at most 1,000. */
  readonly texts: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /**
   * One text in ten was written then or later. A renewed certificate counts its days from here: a few texts from a wrong clock, or a trickle
   * after months of silence, say nothing about so late a time.
   */
  readonly seenUntilMs: number;
}

export interface WordsUnchecked {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_texts';
  readonly found: number;
  readonly limit: number;
}

/** Share of the texts by which a period counts as seen. */
const SEEN_SHARE = 0.1;

const seenUntil = (atMs: ArrayLike<number>): number => {
  const latestFirst = Float64Array.from(atMs).sort().reverse();
  return latestFirst[Math.ceil(SEEN_SHARE * atMs.length) - 1] as number;
};

/** With fewer, only a change of nearly everything would be found, and “no change” would mean nothing. */
const LEAST_TEXTS = 100;

/**
 * Whether recent texts (labels are not needed) use the words of the calibration period: two permutation tests, of the share of unknown words and of
 * which words are used, at `level` together (0.01 unless said, at least 0.002): the chance of a false alarm of one check. Each check has its own: k
 * checks end a good certificate with chance at most k × level, which costs new labels but no promise; for a smaller chance in all give each a
 * smaller one. The comparison is always with the calibration, so that slow drifts add up. Give texts since the last check, not all since the
 * calibration: old ones hide what changed. That the words hold does not
 * prove that they still mean the same. O(999 × words of 2,000 texts), some 100 ms.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `probability_out_of_range`
 * @example checkWords(classifier, { texts, atMs }).kind // 'words_hold'
 */
export const checkWords = (
  { model, certificate }: TextClassifier,
  given: RecentTexts,
  { level = 0.01 }: { readonly level?: number } = {},
): WordsChecked | WordsUnchecked => {
  // Each of the two tests has half of it; below their smallest p-value nothing would ever be found.
  if (checkLevel('level', level) < 2 * SMALLEST_P)
    throw engineError('out_of_range', `level must be at least ${2 * SMALLEST_P}, got ${level}`, { level });
  checkLength('atMs', given.atMs.length, given.texts.length);
  checkAllFinite('atMs', given.atMs);
  checkStrings(given.texts);
  if (given.writers) checkLength('writers', given.writers.length, given.texts.length);
  const recent = oneAWriter({ ...given, labels: new Uint8Array(given.texts.length) });
  const found = Math.min(recent.texts.length, certificate.reference.texts);
  if (found < LEAST_TEXTS) return { kind: 'no_answer', reason: 'too_few_texts', found, limit: LEAST_TEXTS };
  const now = sketchWords(sampleWords(model, recent.texts));
  const compared = compareWords(certificate.reference, now, 'check words');
  const drifted = Math.min(compared.pUnknown, compared.pWords) <= level / 2;
  const [fromMs, untilMs] = spanOf(recent);
  return {
    kind: drifted ? 'words_drifted' : 'words_hold',
    ...compared,
    texts: now.texts,
    fromMs,
    untilMs,
    seenUntilMs: seenUntil(recent.atMs),
  };
};

const DAY_MS = 86_400_000;

/**
 * The classifier after a check: valid until `validDays` after `seenUntilMs` where the words held (never shorter than before), and for ever
 * silent where they drifted; only new labels mend that. A check without an answer changes nothing.
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
    : Math.max(certificate.validUntilMs, checked.seenUntilMs + certificate.validDays * DAY_MS);
  return { ...classifier, certificate: { ...certificate, drifted, validUntilMs } };
};
