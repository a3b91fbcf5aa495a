import { describe, expect, it } from 'vitest';
import { findData, findOracle } from '../../testing/beside-the-project.ts';
import { createRandom } from '../random/index.ts';
import {
  attributeOf,
  auditSelection,
  type Confusion,
  countGroups,
  detectProxies,
  disparityOf,
  equalisedOdds,
  type Feature,
  intersect,
  type Metric,
  rateOf,
  wilsonInterval,
} from './index.ts';

type Numbers = Readonly<Record<string, number | null>>;

const TABLE: Readonly<Record<string, Metric>> = {
  selection_rate: 'selection',
  tpr: 'truePositive',
  fpr: 'falsePositive',
  ppv: 'precision',
  accuracy: 'accuracy',
  base_rate: 'base',
};

const near = (found: number | null | undefined, wanted: number | null | undefined): void => {
  if (wanted === null || wanted === undefined) expect(found).toBeNull();
  else expect(Math.abs((found as number) - wanted)).toBeLessThanOrEqual(1e-12);
};

const exact = findOracle('fairness.json') as unknown as
  | readonly {
      name: string;
      confusion_by_group: Record<string, Confusion>;
      expected: Record<string, unknown>;
    }[]
  | undefined;

describe.runIf(exact)('fairness.json, exact fractions', () => {
  it.each(exact ?? [])('$name', ({ confusion_by_group, expected }) => {
    const groups = Object.values(confusion_by_group);
    const wanted = expected as Numbers;
    const byGroup = expected['by_group'] as Record<string, Numbers>;
    for (const [name, group] of Object.entries(confusion_by_group)) {
      near(rateOf('selection', group), byGroup[name]?.['selection_rate']);
      near(rateOf('truePositive', group), byGroup[name]?.['tpr']);
      near(rateOf('falsePositive', group), byGroup[name]?.['fpr']);
    }
    const selection = disparityOf('selection', groups);
    near(selection.overall, wanted['overall_selection_rate']);
    near(selection.difference, wanted['demographic_parity_difference']);
    near(selection.differenceToOverall, wanted['demographic_parity_difference_to_overall']);
    near(selection.ratio, wanted['demographic_parity_ratio']);
    const opportunity = disparityOf('truePositive', groups);
    near(opportunity.difference, wanted['equal_opportunity_difference']);
    near(opportunity.ratio, wanted['equal_opportunity_ratio']);
    near(disparityOf('falsePositive', groups).difference, wanted['fpr_difference']);
    near(equalisedOdds(groups).worst, wanted['equalized_odds_difference_worst_case']);
    near(equalisedOdds(groups).mean, wanted['equalized_odds_difference_mean']);
  });
});

const adult = findOracle('fairness-adult.json');
const named = (start: string) => (adult ?? []).filter(({ name }) => name.startsWith(start));

interface AdultGroup extends Confusion {
  readonly wilson_95?: Readonly<Record<string, readonly [number, number] | null>>;
}

const checkGroup = (group: AdultGroup): void => {
  for (const [key, metric] of Object.entries(TABLE))
    near(rateOf(metric, group), (group as unknown as Numbers)[key]);
  for (const [key, interval] of Object.entries(group.wilson_95 ?? {})) {
    if (interval === null) continue;
    const of = { selection_rate: group.tp + group.fp + group.fn + group.tn, tpr: group.tp + group.fn };
    const [count, all] =
      key === 'selection_rate'
        ? [group.tp + group.fp, of.selection_rate]
        : key === 'tpr'
          ? [group.tp, of.tpr]
          : key === 'fpr'
            ? [group.fp, group.fp + group.tn]
            : [group.tp, group.tp + group.fp];
    const found = wilsonInterval(count, all);
    near(found.low, interval[0]);
    near(found.high, interval[1]);
  }
};

const checkSummary = (
  byGroup: Readonly<Record<string, Confusion>>,
  summary: Record<string, unknown>,
): void => {
  const groups = Object.values(byGroup);
  const wanted = summary as Numbers;
  const names = Object.keys(byGroup);
  const by = (metric: Metric) => disparityOf(metric, groups, 'leave_out');
  near(by('selection').difference, wanted['selection_rate_difference']);
  near(by('selection').ratio, wanted['selection_rate_ratio']);
  near(by('truePositive').difference, wanted['tpr_difference']);
  near(by('falsePositive').difference, wanted['fpr_difference']);
  near(by('precision').difference, wanted['ppv_difference']);
  near(equalisedOdds(groups, 'leave_out').worst, wanted['equalized_odds_difference']);
  const undefinedGroups = summary['undefined_groups'] as Record<string, readonly string[]>;
  for (const [key, metric] of Object.entries(TABLE))
    expect(by(metric).undefinedGroups.map((at) => names[at])).toEqual(undefinedGroups[key] ?? []);
};

describe.runIf(adult)('fairness-adult.json', () => {
  it.each(named('wilson'))('$name', ({ input, expected }) => {
    const { low, high } = wilsonInterval(input['successes'] as number, input['trials'] as number);
    const [wantedLow, wantedHigh] = expected['interval'] as [number, number];
    near(low, wantedLow);
    near(high, wantedHigh);
  });

  it.each(named('vector'))('$name', ({ input, expected }) => {
    const group = attributeOf('group', input['group'] as string[]);
    const counts = countGroups({
      selected: input['prediction'] as number[],
      labels: input['label'] as number[],
      groups: group.values,
      groupCount: group.levels.length,
    });
    const wanted = expected['by_group'] as Record<string, AdultGroup>;
    for (const [at, level] of group.levels.entries()) {
      expect(counts[at]).toMatchObject({
        tp: wanted[level]?.tp,
        fp: wanted[level]?.fp,
        fn: wanted[level]?.fn,
        tn: wanted[level]?.tn,
      });
      checkGroup(wanted[level] as AdultGroup);
    }
    checkSummary(
      Object.fromEntries(group.levels.map((level, at) => [level, counts[at] as Confusion])),
      expected['summary'] as Record<string, unknown>,
    );
  });

  // The rows of adult.test are not at hand: the models' counts are given, everything from there on is compared.
  it.each(named('adult_logistic'))('$name', ({ expected }) => {
    const groups = expected['by_group'] as Record<string, AdultGroup>;
    for (const group of Object.values(groups)) checkGroup(group);
    checkSummary(groups, expected['summary'] as Record<string, unknown>);
    const signed = (expected['summary'] as Numbers)['average_odds_difference_female_minus_male'];
    const gap = (metric: Metric): number =>
      (rateOf(metric, groups['Female'] as Confusion) as number) -
      (rateOf(metric, groups['Male'] as Confusion) as number);
    near((gap('truePositive') + gap('falsePositive')) / 2, signed);
  });
});

const text = findData('adult/adult.data.gz');

describe.runIf(text && adult)('UCI Adult', () => {
  const rows = (text ?? '')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(', '));
  const sex = attributeOf(
    'sex',
    rows.map((row) => row[9] as string),
  );
  const race = attributeOf(
    'race',
    rows.map((row) => row[8] as string),
  );
  const rich = Uint8Array.from(rows, (row) => ((row.at(-1) ?? '').startsWith('>50K') ? 1 : 0));
  const full = rows.length === 32_561;

  it.each([
    ['base_rate_adult.data_by_sex', () => sex],
    ['base_rate_adult.data_by_race', () => race],
    ['base_rate_adult.data_by_race_and_sex', () => intersect([race, sex])],
  ] as const)('%s', (name, attribute) => {
    const expected = named(name).find((found) => found.name === name)?.expected ?? {};
    const { values, levels } = attribute();
    const counts = countGroups({ selected: rich, groups: values, groupCount: levels.length });
    const wanted = expected['by_group'] as Record<
      string,
      { n: number; base_rate: number; wilson_95?: number[] }
    >;
    expect(Object.keys(wanted).length).toBe(levels.length);
    if (!full) return;
    for (const [at, level] of levels.entries()) {
      const want = wanted[level.replace(' × ', '|')];
      near(rateOf('selection', counts[at] as Confusion), want?.base_rate);
      if (want?.wilson_95 === undefined) continue;
      const { tp, fp } = counts[at] as Confusion;
      near(wilsonInterval(tp + fp, want.n).low, want.wilson_95[0]);
      near(wilsonInterval(tp + fp, want.n).high, want.wilson_95[1]);
    }
    if (expected['ratio_min_over_max'] === undefined) return;
    near(disparityOf('selection', counts).ratio, expected['ratio_min_over_max'] as number);
    near(disparityOf('selection', counts).difference, expected['difference_max_minus_min'] as number);
  });

  it('finds who stands in for the sex, and who does not', () => {
    const some = rows.filter((_, at) => at % 4 === 0);
    const word = (column: number): Feature => ({
      kind: 'category',
      name: `${column}`,
      values: attributeOf(
        '',
        some.map((row) => row[column] as string),
      ).values,
    });
    const number = (column: number): Feature => ({
      kind: 'number',
      name: `${column}`,
      values: Float64Array.from(some, (row) => Number(row[column])),
    });
    const [age, education, occupation, relationship] = [number(0), word(3), word(6), word(7)];
    const report = detectProxies({
      features: [age, education, occupation, relationship] as Feature[],
      attribute: attributeOf(
        'sex',
        some.map((row) => row[9] as string),
      ),
      random: createRandom('adult'),
    });
    if (report.kind !== 'assessed') throw new Error(report.reason);
    expect(report.features.map(({ flagged }) => flagged)).toEqual([false, false, true, true]);
    expect(report.set.flagged).toBe(true);
    expect(report.set.levels[0]?.area.value).toBeGreaterThan(report.features[3]?.levels[0]?.area.value ?? 1);
  });

  it('alarms', () => {
    const report = auditSelection({
      people: rows.map((_, row) => `p${row}`),
      selected: rich,
      attributes: [sex, race],
    });
    expect(report.state).toBe('alarm');
    expect(report.attributes.map(({ attribute }) => attribute)).toEqual(['sex', 'race', 'sex × race']);
    const [bySex] = report.attributes;
    expect(bySex?.compared.selection).toMatchObject({ lowest: 'Female', highest: 'Male', state: 'alarm' });
    expect(bySex?.compared.selection?.ratio?.high).toBeLessThan(0.42);
  });
});
