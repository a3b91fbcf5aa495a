import type { CampaignReportBody } from '@mesure/contract/report';

export type Measure = 'conversion' | 'revenue';
export type Scale = 'absolute' | 'relative';
type Comparison = CampaignReportBody['comparisons'][number];
type NoAnswer = Extract<Comparison['conversion'], { answered: false }>;

export type IntervalRow = Pick<Comparison, 'treatment' | 'control'> &
  (
    | {
        readonly kind: 'higher' | 'lower' | 'not_yet';
        readonly low: number;
        readonly high: number;
        readonly estimate: number;
        readonly exact: boolean;
      }
    | { readonly kind: 'none'; readonly why: Pick<NoAnswer, 'reason' | 'needed' | 'have'> | 'no_ratio' }
  );

/**
 * One row per comparison. Absolute conversion is per 100 people, absolute revenue in minor units per person; relative is
 * a share (0.1: +10 %), missing while the control is not clearly above zero.
 */
export const intervalRows = (
  comparisons: readonly Comparison[],
  measure: Measure,
  scale: Scale,
): readonly IntervalRow[] =>
  comparisons.map((comparison): IntervalRow => {
    const { treatment, control } = comparison;
    const difference = comparison[measure];
    if (!difference.answered) {
      const { reason, needed, have } = difference;
      return { treatment, control, kind: 'none', why: { reason, needed, have } };
    }
    const interval = scale === 'relative' ? difference.relative : difference.absolute;
    if (interval === null) return { treatment, control, kind: 'none', why: 'no_ratio' };
    const factor = measure === 'conversion' && scale === 'absolute' ? 100 : 1;
    return {
      treatment,
      control,
      kind: difference.verdict,
      low: interval.low * factor,
      high: interval.high * factor,
      estimate: interval.estimate * factor,
      exact: difference.method === 'exact',
    };
  });
