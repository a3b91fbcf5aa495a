import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import type { LabelledTexts } from '../model/index.ts';

export interface StarSettings {
  /** Most stars that are negative, least that are positive; between them neutral. 2 and 4 unless said. */
  readonly negativeUpTo?: number;
  readonly positiveFrom?: number;
}

export interface StarReviews {
  readonly texts: readonly string[];
  /** As rated, on any scale; length n. */
  readonly stars: ArrayLike<number>;
  /** When each was written, ms since 1970; length n. */
  readonly atMs: ArrayLike<number>;
  /** Who wrote each, as in `LabelledTexts`; length n. */
  readonly writers?: NonNullable<LabelledTexts['writers']>;
}

/**
 * A shop's own reviews as texts of the default classes: 1 and 2 stars negative, 3 neutral, 4 and 5 positive. What the text says and what the
 * stars say differ now and then: that share is a floor for the error of any model. O(n).
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range`
 * @example textsFromStars({ texts: ['Cassé', 'Parfait'], stars: [1, 5], atMs: [t, t] }).labels // [0, 2]
 */
export const textsFromStars = (
  { texts, stars, atMs, writers }: StarReviews,
  { negativeUpTo = 2, positiveFrom = 4 }: StarSettings = {},
): LabelledTexts => {
  checkLength('stars', stars.length, texts.length);
  checkLength('atMs', atMs.length, texts.length);
  if (!(checkFinite('negativeUpTo', negativeUpTo) < checkFinite('positiveFrom', positiveFrom)))
    throw engineError('out_of_range', 'positiveFrom must be above negativeUpTo', {
      negativeUpTo,
      positiveFrom,
    });
  const labels = Uint8Array.from(texts, (_, i) => {
    const each = checkFinite(`stars[${i}]`, stars[i] as number);
    return each <= negativeUpTo ? 0 : each >= positiveFrom ? 2 : 1;
  });
  return { texts, labels, atMs, ...(writers && { writers }) };
};
