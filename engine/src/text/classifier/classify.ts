import { checkFinite } from '../../errors/index.ts';
import type { TextClassifier } from './certificate.ts';
import { judgeText, type UnreadReason } from './judge.ts';

/**
 * As `UnreadReason`, and `certificate_expired`: written after the certificate ended, or the words have drifted · `before_certificate`: written
 * before the calibration period, of which nothing is promised · `class_not_certified`: the likeliest class did not reach
 * its target at any threshold · `unsure`: below the threshold. Irony, if there is any, ends here like all else that the words leave open.
 */
export type AbstainReason =
  | UnreadReason
  | 'certificate_expired'
  | 'before_certificate'
  | 'class_not_certified'
  | 'unsure';

export interface TextAnswer {
  readonly kind: 'answer';
  readonly class: string;
  readonly chance: number;
  /** Of all answers with this class at most this share is wrong, promised with `confidence`. Not this text's own chance. */
  readonly errorAtMost: number;
  readonly confidence: number;
}

/** No class and no chance: only why. Where one class alone is not certified, `class_not_certified` tells which it leans to. */
export interface NoTextAnswer {
  readonly kind: 'no_answer';
  readonly reason: AbstainReason;
}

/**
 * The class of a text written at `atMs` (ms since 1970), where its class holds its promise, else a reason. The certificate covers texts written
 * from the first of the calibration up to its end, both included; only `atMs` counts, no clock, and no call changes another. Any string is fine. O(length), some 50 µs a
 * tweet; over 20,000 characters nothing is read.
 *
 * @throws EngineError `nan`, `not_finite` for the time
 * @example
 * const found = classifyText(classifier, 'Parfait, merci !', atMs);
 * found.kind === 'answer' ? found.class : found.reason; // 'positive', or 'unsure'
 */
export const classifyText = (
  classifier: TextClassifier,
  text: string,
  atMs: number,
): TextAnswer | NoTextAnswer => {
  const { model, certificate } = classifier;
  checkFinite('atMs', atMs);
  if (certificate.drifted || atMs > certificate.validUntilMs)
    return { kind: 'no_answer', reason: 'certificate_expired' };
  if (atMs < certificate.calibrated.fromMs) return { kind: 'no_answer', reason: 'before_certificate' };
  const found = judgeText(model, text, certificate.knownShare);
  if (found.kind === 'no_answer') return found;
  const own = certificate.perClass[found.label];
  if (own?.threshold === undefined) return { kind: 'no_answer', reason: 'class_not_certified' };
  if (!(found.chance >= own.threshold)) return { kind: 'no_answer', reason: 'unsure' };
  return {
    kind: 'answer',
    class: own.class,
    chance: found.chance,
    errorAtMost: own.target,
    confidence: 1 - certificate.delta,
  };
};
