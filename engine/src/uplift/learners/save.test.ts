import { describe, expect, it } from 'vitest';
import { matrix } from '../../linear/index.ts';
import { createRandom } from '../../random/index.ts';
import { crossFitUplift } from '../decision/index.ts';
import { fitUplift, loadUplift, predictUplift, saveUplift, type UpliftData } from './index.ts';

const random = createRandom('saved uplift');
const n = 600;
const features = matrix(
  n,
  2,
  Float64Array.from({ length: 2 * n }, () => random.normal()),
);
const treated = Uint8Array.from({ length: n }, () => random.integer(0, 1));
const outcomes = Float64Array.from(treated, (t) => (random.chance(0.3 + 0.2 * t) ? 1 : 0));
const data: UpliftData = { features, treated, outcomes, propensities: 0.5 };

describe.each(['s', 't', 'dr', 'class_transformation'] as const)('%s-learner', (learner) => {
  it.each([{ kind: 'linear' }, { kind: 'trees', settings: { trees: 5 } }] as const)(
    'on $kind is watched, saved and loaded to the bit, and stops',
    (base) => {
      const heard: number[] = [];
      const model = fitUplift(data, { learner, base }, ({ done }) => void heard.push(done));
      expect(heard.length).toBeGreaterThan(2);
      expect(heard).toEqual(heard.toSorted((a, b) => a - b));
      const loaded = loadUplift(saveUplift(model));
      expect(loaded).toEqual(model);
      expect(predictUplift(loaded, features)).toEqual(predictUplift(model, features));
      expect(() => fitUplift(data, { learner, base }, () => 'stop')).toThrow(
        expect.objectContaining({ code: 'cancelled' }),
      );
    },
  );
});

describe('uplift', () => {
  it('keeps a constant arm, and refuses a damaged file', () => {
    const never = fitUplift(
      { ...data, outcomes: outcomes.map((y, i) => (treated[i] === 1 ? y : 0)) },
      { learner: 't' },
    );
    const bytes = saveUplift(never);
    expect(loadUplift(bytes)).toEqual(never);
    expect(() => loadUplift(bytes.slice(0, -16))).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('is watched while it is cross-fitted, and stops', () => {
    const heard: number[] = [];
    const settings = { folds: 2, innerFolds: 2 };
    const found = crossFitUplift(data, settings, ({ done }) => void heard.push(done));
    expect(found).toEqual(crossFitUplift(data, settings));
    expect(heard.length).toBeGreaterThan(20);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(() => crossFitUplift(data, settings, () => 'stop')).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});
