import { homeStepCode } from '@mesure/contract/home';
import { describe, expect, it } from 'vitest';
import { nextStep } from './next-place.ts';

const steps = (...done: readonly string[]) =>
  homeStepCode.options.map((code) => ({ code, done: done.includes(code) }));

describe('the step after a page of the settings', () => {
  it('is the first that is not done, once the page has done its own', () => {
    expect(nextStep('sender', steps())).toBeNull();
    expect(nextStep('sender', steps('sender_identity'))).toBe('transport');
    expect(nextStep('team', steps('sender_identity', 'approver'))).toBe('transport');
    expect(nextStep('brand', steps('sender_identity'))).toBeNull();
    expect(nextStep('team', steps(...homeStepCode.options))).toBeNull();
  });
});
