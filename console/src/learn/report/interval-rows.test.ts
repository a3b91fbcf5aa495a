import { describe, expect, it } from 'vitest';
import { intervalRows } from './interval-rows.ts';

const interval = (estimate: number) => ({ estimate, low: estimate - 0.02, high: estimate + 0.02 });
const comparisons = [
  {
    treatment: 'all',
    control: 'holdout',
    conversion: {
      answered: true as const,
      absolute: interval(0.06),
      relative: null,
      method: 'asymptotic' as const,
      verdict: 'higher' as const,
    },
    revenue: { answered: false as const, reason: 'too_few_people' as const, needed: 400, have: 120 },
  },
];

describe('the rows of the interval plot', () => {
  it('count buyers per 100 people', () => {
    const [row] = intervalRows(comparisons, 'conversion', 'absolute');
    expect(row).toMatchObject({ kind: 'higher', exact: false });
    expect(row?.kind === 'higher' && [row.low, row.estimate, row.high].map((n) => Math.round(n))).toEqual([
      4, 6, 8,
    ]);
  });

  it('keep what has no answer, with its reason', () => {
    expect(intervalRows(comparisons, 'conversion', 'relative')).toEqual([
      { treatment: 'all', control: 'holdout', kind: 'none', why: 'no_ratio' },
    ]);
    expect(intervalRows(comparisons, 'revenue', 'absolute')).toEqual([
      {
        treatment: 'all',
        control: 'holdout',
        kind: 'none',
        why: { reason: 'too_few_people', needed: 400, have: 120 },
      },
    ]);
  });
});
