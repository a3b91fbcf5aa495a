import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { type Attribute, auditServed, compareMitigation, leaveOneFeatureOut } from './index.ts';

const selected = (chosen: number, n: number) => ({ tp: 0, fp: chosen, fn: 0, tn: n - chosen });

describe('a remedy', () => {
  it('that takes from everybody is rejected, with all rates shown', () => {
    const found = compareMitigation(
      ['a', 'b'],
      [selected(50, 100), selected(30, 100)],
      [selected(20, 100), selected(20, 100)],
    );
    expect(found).toMatchObject({
      kind: 'rejected',
      reason: 'levels_down',
      gapBefore: 0.2,
      gapAfter: 0,
      groups: [
        { group: 'a', before: 0.5, after: 0.2 },
        { group: 'b', before: 0.3, after: 0.2 },
      ],
    });
  });

  it('that only lowers the higher one is rejected too, one that raises the lower is acceptable', () => {
    const before = [selected(50, 100), selected(30, 100)];
    expect(compareMitigation(['a', 'b'], before, [selected(30, 100), selected(30, 100)])).toMatchObject({
      reason: 'levels_down',
    });
    expect(compareMitigation(['a', 'b'], before, [selected(48, 100), selected(40, 100)]).kind).toBe(
      'acceptable',
    );
    expect(compareMitigation(['a', 'b'], before, [selected(60, 100), selected(40, 100)])).toMatchObject({
      reason: 'gap_not_smaller',
    });
    expect(compareMitigation(['a', 'b'], before, [selected(60, 100), selected(0, 0)])).toMatchObject({
      reason: 'nothing_to_compare',
    });
  });
});

it('leaving out one feature: the proxy is proposed, what is worth its gap is not', () => {
  const random = createRandom('leave one out');
  const n = 3000;
  const origin = Int32Array.from({ length: n }, () => random.integer(0, 1));
  const attribute: Attribute = { name: 'origin', levels: ['a', 'b'], values: origin };
  const columns: Readonly<Record<string, Float64Array>> = {
    orders: Float64Array.from({ length: n }, () => random.normal()),
    // Tells the origin and nothing about who wants it.
    postcode: Float64Array.from(origin, (group) => 1.5 * (group - 0.5) + 0.3 * random.normal()),
    noise: Float64Array.from({ length: n }, () => random.normal()),
  };
  const wants = Float64Array.from(columns['orders'] as Float64Array, (x) =>
    x + 0.3 * random.normal() > 0 ? 1 : 0,
  );
  const weights: Readonly<Record<string, number>> = { orders: 2, postcode: 0.6, noise: 0 };
  const report = leaveOneFeatureOut({
    features: ['orders', 'postcode', 'noise'],
    decide: (features) => {
      const chosen = Uint8Array.from({ length: n }, (_, i) =>
        features.reduce((sum, name) => sum + (weights[name] as number) * (columns[name]?.[i] as number), 0) >
        0
          ? 1
          : 0,
      );
      return { selected: chosen, utility: Float64Array.from(chosen, (one, i) => (one === wants[i] ? 1 : 0)) };
    },
    attribute,
    random,
    acceptableLoss: 0.02,
  });
  expect(report.features[0]).toMatchObject({ feature: 'postcode', proposed: true });
  expect(report.features[0]?.gapReduction.value).toBeGreaterThan(0.05);
  expect(report.features.find(({ feature }) => feature === 'orders')).toMatchObject({ proposed: false });
  expect(report.features.find(({ feature }) => feature === 'noise')).toMatchObject({
    proposed: false,
    gapReduction: { value: 0, low: 0, high: 0 },
  });
});

describe('what a bandit served', () => {
  /** Two groups who are offered a discount with the given chances; the log may tell other chances. */
  const serve = (chances: readonly [number, number], logged: readonly [number, number], visits = 3) => {
    const random = createRandom('served');
    const people: string[] = [];
    const group: number[] = [];
    const served: number[] = [];
    const propensities: number[] = [];
    for (let person = 0; person < 1200; person++) {
      const of = person % 2 === 0 ? 0 : 1;
      // The second group comes far more often.
      for (let visit = 0; visit < (of === 0 ? 1 : visits); visit++) {
        people.push(`p${person}`);
        group.push(of);
        served.push(random.chance(chances[of]) ? 1 : 0);
        propensities.push(logged[of]);
      }
    }
    return auditServed({
      people,
      served,
      propensities: Float64Array.from(propensities),
      attribute: { name: 'origin', levels: ['a', 'b'], values: Int32Array.from(group) },
    });
  };

  it('alarms when one group was served less, in the draws and in what was meant', () => {
    const report = serve([0.3, 0.15], [0.3, 0.15]);
    expect(report.served.state).toBe('alarm');
    expect(report.meant.state).toBe('alarm');
    expect(report.draw.pValue).toBeGreaterThan(0.001);
    expect(report.groups).toMatchObject([
      { people: 600, decisions: 600 },
      { people: 600, decisions: 1800, meant: { value: expect.closeTo(0.15, 9) } },
    ]);
  });

  it('counts people, not visits', () => {
    expect(serve([0.5, 0.5], [0.5, 0.5], 10).served.state).toBe('no_alarm');
  });

  it('notices a log whose propensities are not those of the draws', () => {
    expect(serve([0.3, 0.3], [0.2, 0.2]).draw.pValue).toBeLessThan(1e-6);
  });
});
