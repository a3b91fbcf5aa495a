import { describe, expect, it } from 'vitest';
import { detectable } from './detectable.ts';

describe('what a holdout can show', () => {
  it('is finer with more people, and nothing without a holdout', () => {
    const few = detectable(1_000, 0.1).perHundred ?? 0;
    const many = detectable(100_000, 0.1).perHundred ?? 0;
    expect(few).toBeCloseTo(8.27, 1);
    expect(many).toBeCloseTo(few / 10, 5);
    expect(detectable(1_000, 0).perHundred).toBeNull();
    expect(detectable(0, 0.1).perHundred).toBeNull();
  });

  it('accounts for everybody', () => {
    const { heldOut, written } = detectable(3_333, 0.1);
    expect(heldOut + written).toBe(3_333);
  });
});
