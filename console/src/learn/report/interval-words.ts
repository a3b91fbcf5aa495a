import { formatChange, formatMoney, formatNumber } from '#platform/format';
import { say } from '#words';
import type { IntervalRow, Measure, Scale } from './interval-rows.ts';

interface Unit {
  readonly measure: Measure;
  readonly scale: Scale;
  readonly currency: string;
}

const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '');

/** “+2.1”, “+€0.40”, “+12 %”: with its sign, in the unit of the plot. */
export const valueWords = (value: number, { measure, scale, currency }: Unit): string => {
  if (scale === 'relative') return formatChange(value, 0);
  if (measure === 'revenue') return `${sign(value)}${formatMoney(Math.abs(Math.round(value)), currency)}`;
  return `${sign(value)}${formatNumber(Math.abs(Math.round(value * 10) / 10))}`;
};

export const armName = (key: string): string => {
  if (key === 'all') return say('report.arm.all');
  if (key === 'holdout') return say('report.arm.holdout');
  if (key === 'global_holdout') return say('report.arm.global_holdout');
  return say('campaigns.variant', { variant: key });
};

export const comparisonName = ({ treatment, control }: IntervalRow): string =>
  say('report.against', {
    treatment: armName(treatment),
    control: control === 'holdout' ? say('report.arm.theHoldout') : armName(control),
  });

/** The interval, or why there is none yet. */
export const rowWords = (row: IntervalRow, unit: Unit): string => {
  if (row.kind !== 'none')
    return say('report.from', { low: valueWords(row.low, unit), high: valueWords(row.high, unit) });
  if (row.why === 'no_ratio') return say('report.none.no_ratio');
  const { reason, needed, have } = row.why;
  if (needed !== null && have !== null)
    return say(unit.measure === 'revenue' ? 'report.none.neededMoney' : 'report.none.needed', {
      needed: formatNumber(needed),
      have: formatNumber(have),
    });
  return say(`report.none.${reason}`);
};

export const verdictWords = (row: IntervalRow): string =>
  say(`report.verdict.${row.kind === 'none' ? 'not_yet' : row.kind}`);
