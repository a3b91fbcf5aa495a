import { areaUnderCurve } from './area-under-curve.ts';
import type { Setting } from './cross-fit.ts';
import type { Estimate } from './estimate.ts';

export interface ProxyLimits {
  /** Area under the curve of one feature from which it is flagged; default 0.70. */
  readonly featureArea: number;
  /** The same for all features together; default 0.75. */
  readonly setArea: number;
  /** Share of the attribute's entropy that is told, from which feature or set is flagged; default 0.1, about an area of 0.7. */
  readonly information: number;
}

export const PROXY_LIMITS: ProxyLimits = { featureArea: 0.7, setArea: 0.75, information: 0.1 };

/** How well one level of the attribute (against all others) can be told, out of sample. */
export interface Predictability {
  readonly level: string;
  readonly people: number;
  readonly area: Estimate;
  /** Smallest mean of the two error rates over thresholds (Feldman et al. 2015): 0.5 tells nothing. */
  readonly balancedError: number;
  /** Share of the level's entropy that is told (1 - log-loss/entropy), at least 0. */
  readonly information: number;
  readonly flagged: boolean;
}

/** Scores are log odds, out of sample. O(n log n). */
export const judge = (
  scores: Float64Array,
  { labels, level }: Setting,
  limits: { readonly area: number; readonly information: number },
): Predictability => {
  const area = areaUnderCurve(scores, labels) as Estimate;
  const people = labels.reduce((sum, label) => sum + label, 0);
  const n = labels.length;
  const share = people / n;
  const entropy = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const margin = labels[i] === 1 ? (scores[i] as number) : -(scores[i] as number);
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  const information = Math.max(0, 1 - loss / n / entropy);
  const order = Array.from(labels, (_, i) => i).toSorted(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  let missed = people;
  let wrong = 0;
  let balancedError = 0.5;
  for (const [at, row] of order.entries()) {
    if (labels[row] === 1) missed--;
    else wrong++;
    if (scores[order[at + 1] as number] === scores[row]) continue;
    balancedError = Math.min(balancedError, (missed / people + wrong / (n - people)) / 2);
  }
  return {
    level,
    people,
    area,
    balancedError,
    information,
    flagged: area.value >= limits.area || information >= limits.information,
  };
};
