import { describe, expect, it } from 'vitest';
import { matrix } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import { type BoostedTrees, fitBoostedTrees, loadBoosted, predictBoosted, saveBoosted } from './index.ts';

const random = createRandom('saved trees');
const features = matrix(
  400,
  3,
  Float64Array.from({ length: 1200 }, () => (random.chance(0.1) ? Number.NaN : random.normal())),
);
const outcomes = Float64Array.from({ length: 400 }, (_, i) => ((features.values[i * 3] ?? 0) > 0 ? 1 : 0));
const input = { features, outcomes, loss: 'logistic', settings: { trees: 12 } } as const;

describe('boosted trees', () => {
  it('are saved and loaded to the bit, and damaged or other files are refused', () => {
    const model = fitBoostedTrees(input) as BoostedTrees;
    const bytes = saveBoosted(model);
    const loaded = loadBoosted(bytes);
    expect(loaded).toEqual(model);
    expect(predictBoosted(loaded, features)).toEqual(predictBoosted(model, features));
    const none = fitBoostedTrees({ ...input, settings: { trees: 0 } }) as BoostedTrees;
    expect(loadBoosted(saveBoosted(none))).toEqual(none);
    expect(() => loadBoosted(bytes.slice(0, -8))).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(() => loadBoosted(new Uint8Array(64))).toThrow(
      expect.objectContaining({ code: 'version_mismatch' }),
    );
  });

  it('are watched tree by tree, the same with and without, and stop', () => {
    const heard: number[] = [];
    const watched = fitBoostedTrees(input, ({ done }) => void heard.push(done));
    expect(watched).toEqual(fitBoostedTrees(input));
    expect(heard.length).toBeGreaterThanOrEqual(15);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    let calls = 0;
    expect(() => fitBoostedTrees(input, () => (++calls === 10 ? 'stop' : undefined))).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});
