import { describe, expect, it } from 'vitest';
import { findData } from '../../testing/beside-the-project.ts';
import { matrixOf } from '../linear/index.ts';
import { crossFitUplift, peopleDiffer, rankingReport, targetingVerdict, type UpliftData } from './index.ts';

const text = findData('hillstrom/hillstrom.csv.gz');

const ZIPS = ['Urban', 'Rural'];
const CHANNELS = ['Web', 'Multichannel'];

/** One mail against none: recency, log history, mens, womens, newbie, zip code and channel, and visits. */
const read = (csv: string, mail: string): UpliftData => {
  const features: number[][] = [];
  const treated: number[] = [];
  const outcomes: number[] = [];
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    const cells = line.replace(/"[^"]*"/, '').split(',');
    if (cells[8] !== mail && cells[8] !== 'No E-Mail') continue;
    features.push([
      Number(cells[0]),
      Math.log(Number(cells[2])),
      Number(cells[3]),
      Number(cells[4]),
      Number(cells[6]),
      ...ZIPS.map((zip) => Number(cells[5] === zip)),
      ...CHANNELS.map((channel) => Number(cells[7] === channel)),
    ]);
    treated.push(Number(cells[8] === mail));
    outcomes.push(Number(cells[9]));
  }
  return { features: matrixOf(features), treated, outcomes, propensities: 0.5 };
};

const study = (mail: string) => {
  const data = read(text ?? '', mail);
  const fitted = crossFitUplift(data, { seed: 1, folds: 3, innerFolds: 2 });
  if (fitted.kind === 'no_answer') throw new Error(fitted.reason);
  return {
    fitted,
    verdict: targetingVerdict(fitted, { replicates: 100 }),
    differ: peopleDiffer(data.features, fitted),
    report: rankingReport({ ...data, scores: fitted.scores }, { replicates: 50 }),
  };
};

describe.runIf(text)('Hillstrom, visits', () => {
  it('men’s mail: treat everyone, no targeting rule beats it', { timeout: 60_000 }, () => {
    const { verdict, report } = study('Mens E-Mail');
    expect(verdict.kind).toBe('treat_everyone');
    if (verdict.kind === 'no_answer') return;
    expect(verdict.figures.everyoneOverNoOne.value).toBeGreaterThan(0.06);
    expect(report.qini.kind === 'value' && Math.abs(report.qini.value)).toBeLessThan(0.04);
  });

  it('women’s mail: people differ', { timeout: 60_000 }, () => {
    const { differ, report } = study('Womens E-Mail');
    expect(differ.kind).toBe('people_differ');
    expect(report.qini.kind === 'value' && report.qini.low).toBeGreaterThan(0.02);
  });
});
