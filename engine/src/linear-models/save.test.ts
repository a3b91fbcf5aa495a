import { describe, expect, it } from 'vitest';
import { matrix } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import { fitLinearModel, type LinearModel, loadLinear, predictLinear, saveLinear } from './index.ts';

const random = createRandom('saved lines');
const features = matrix(
  300,
  3,
  Float64Array.from({ length: 900 }, (_, k) =>
    k % 3 === 1 && random.chance(0.2) ? Number.NaN : random.normal(),
  ),
);
const outcomes = Float64Array.from({ length: 300 }, (_, i) =>
  (features.values[i * 3] ?? 0) > random.normal() ? 1 : 0,
);

describe.each(['identity', 'logistic'] as const)('a linear model, %s', (link) => {
  it('is saved and loaded to the bit, and damaged or other files are refused', () => {
    const model = fitLinearModel({ features, outcomes, link }) as LinearModel;
    expect(model.missing.length).toBe(1);
    const bytes = saveLinear(model);
    expect(loadLinear(bytes)).toEqual(model);
    expect(predictLinear(loadLinear(bytes), features)).toEqual(predictLinear(model, features));
    const broken = bytes.slice();
    broken[bytes.length - 20] = (broken[bytes.length - 20] as number) ^ 1;
    expect(() => loadLinear(broken)).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(() => loadLinear(new Uint8Array(64))).toThrow(
      expect.objectContaining({ code: 'version_mismatch' }),
    );
  });

  it('is watched, the same with and without, and stops', () => {
    const heard: number[] = [];
    const watched = fitLinearModel({ features, outcomes, link }, ({ done }) => void heard.push(done));
    expect(watched).toEqual(fitLinearModel({ features, outcomes, link }));
    expect(heard.length).toBeGreaterThanOrEqual(3);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(() => fitLinearModel({ features, outcomes, link }, () => 'stop')).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});
