import { describe, expect, it } from 'vitest';
import { findData } from '../../testing/beside-the-project.ts';
import {
  adjustByRegression,
  meanArm,
  momentsOf,
  sampleRatio,
  selfCheck,
  sequentialTest,
  welchTest,
} from './index.ts';

const text = findData('hillstrom/hillstrom.csv.gz');

interface Columns {
  readonly history: number[];
  readonly recency: number[];
  readonly visit: number[];
  readonly conversion: number[];
  readonly spend: number[];
}

/** The e-mail test that everybody uses: 64,000 customers, men's mail, women's mail, none. */
const read = (csv: string): ReadonlyMap<string, Columns> => {
  const segments = new Map<string, Columns>();
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    // One history segment is written “7) $1,000 +”, in quotes.
    const cells = line.replace(/"[^"]*"/, '').split(',');
    const segment = cells[8] as string;
    const into = segments.get(segment) ?? { history: [], recency: [], visit: [], conversion: [], spend: [] };
    segments.set(segment, into);
    into.recency.push(Number(cells[0]));
    into.history.push(Number(cells[2]));
    into.visit.push(Number(cells[9]));
    into.conversion.push(Number(cells[10]));
    into.spend.push(Number(cells[11]));
  }
  return segments;
};

describe.runIf(text)('Hillstrom, published differences', () => {
  const segments = read(text ?? '');
  const of = (segment: string): Columns => segments.get(segment) as Columns;
  const none = of('No E-Mail');

  // Of all 64,000 rows (difference, standard error; scipy). The file may hold a part of them.
  const FULL = 64_000;
  it.each([
    ['Mens E-Mail', 'visit', [0.07659, 0.003386]],
    ['Mens E-Mail', 'conversion', [0.006805, 0.000921]],
    ['Mens E-Mail', 'spend', [0.769827, 0.145247]],
    ['Womens E-Mail', 'visit', [0.045233, 0.003234]],
    ['Womens E-Mail', 'conversion', [0.003111, 0.000823]],
    ['Womens E-Mail', 'spend', [0.424412, 0.130333]],
  ] as const)('%s, %s', (segment, outcome, [difference, standardError]) => {
    const arms = {
      control: meanArm(momentsOf(none[outcome])),
      treatment: meanArm(momentsOf(of(segment)[outcome])),
    };
    const rows = [...segments.values()].reduce((sum, { visit }) => sum + visit.length, 0);
    const found = welchTest({ ...arms, scale: 'absolute' });
    if (found.kind === 'no_answer') throw new Error(found.reason);
    // A part differs from the whole by the standard error of the rows that it lacks.
    const gap = standardError * Math.sqrt(FULL / rows - 1);
    expect(Math.abs(found.estimate - difference)).toBeLessThan(4 * gap + 1e-6);
    expect(found.standardError / (standardError * Math.sqrt(FULL / rows))).toBeCloseTo(1, 0);
    const sequence = sequentialTest({ ...arms, scale: 'absolute', tuning: 20_000 });
    if (sequence.kind === 'no_answer') throw new Error(sequence.reason);
    expect(sequence.low).toBeLessThan(found.low);
  });

  it('says that what was known before hardly helps there', () => {
    const side = ({ visit, history }: Columns) => ({ outcomes: visit, covariates: [history] });
    const one = adjustByRegression({ control: side(none), treatment: side(of('Womens E-Mail')) });
    expect(one.varianceReduction).toBeGreaterThan(0);
    expect(one.varianceReduction).toBeLessThan(0.02);
  });

  it('was drawn evenly, and its visits can be tested', () => {
    const counts = [...segments.values()].map(({ visit }) => visit.length);
    expect(sampleRatio(counts, [1, 1, 1]).pValue).toBeGreaterThan(0.001);
    expect(
      selfCheck({ outcomes: none.visit.slice(0, 4000), controlShare: 0.1, seed: 1, runs: 300 }),
    ).toMatchObject({
      verdict: 'calibrated',
    });
  });
});
