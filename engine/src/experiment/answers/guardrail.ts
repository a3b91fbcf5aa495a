import { checkLevel, engineError } from '../../errors/index.ts';
import type { ArmStatistic, NoLift } from '../arms/index.ts';
import type { Scale } from './lift.ts';
import { sequentialTest } from './sequential.ts';
import { type TestAnswer, welchTest } from './welch.ts';

export interface GuardrailInput {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  readonly scale: Scale;
  /** How much worse is still acceptable, > 0, on the scale; fixed before the start. */
  readonly margin: number;
  /** Which way is harm: of unsubscriptions `higher`, of revenue `lower`. */
  readonly harm: 'lower' | 'higher';
  /** Error of each claim by itself; default 0.05. */
  readonly alpha?: number;
  readonly design: { readonly kind: 'fixed' } | { readonly kind: 'sequential'; readonly tuning: number };
}

export interface GuardrailAnswer {
  readonly kind: 'answer';
  /**
   * `not_worse`: worse by less than the margin, shown. `worse`: worse by more than the margin, shown. `not_yet`: neither. A guardrail
   * that merely “shows no significant harm” is `not_yet`.
   */
  readonly verdict: 'not_worse' | 'worse' | 'not_yet';
  readonly estimate: number;
  /** One-sided limits of the lift, each at `alpha`. */
  readonly low: number;
  readonly high: number;
  /** Of “worse by the margin or more”: small lets the treatment pass. */
  readonly pValue: number;
}

/**
 * Non-inferiority: a treatment passes when harm of the margin or more is excluded, not when no harm was found. Sequential limits hold
 * at every look. O(1). Source: ICH E10 1998, section 1.5.1; one-sided sequence of arXiv 2103.06476.
 *
 * @throws EngineError `out_of_range` unless margin > 0, `probability_out_of_range`
 * @example
 * guardrail({ control, treatment, scale: 'relative', margin: 0.02, harm: 'lower', design: { kind: 'sequential', tuning: 10_000 } })
 */
export const guardrail = (input: GuardrailInput): GuardrailAnswer | NoLift => {
  const { control, treatment, scale, margin, harm, design } = input;
  if (!(margin > 0)) throw engineError('out_of_range', `a margin must be > 0, got ${margin}`);
  const alpha = checkLevel('alpha', input.alpha ?? 0.05);
  const against = harm === 'lower' ? -margin : margin;
  const test = (alternative: 'greater' | 'lesser'): TestAnswer | NoLift => {
    const ask = { control, treatment, scale, alpha, alternative, against };
    return design.kind === 'fixed' ? welchTest(ask) : sequentialTest({ ...ask, tuning: design.tuning });
  };
  const [below, above] = [test('greater'), test('lesser')];
  if (below.kind === 'no_answer') return below;
  if (above.kind === 'no_answer') return above;
  const passes = harm === 'lower' ? below.low > against : above.high < against;
  const fails = harm === 'lower' ? above.high < against : below.low > against;
  return {
    kind: 'answer',
    verdict: passes ? 'not_worse' : fails ? 'worse' : 'not_yet',
    estimate: below.estimate,
    low: below.low,
    high: above.high,
    pValue: harm === 'lower' ? below.pValue : above.pValue,
  };
};
