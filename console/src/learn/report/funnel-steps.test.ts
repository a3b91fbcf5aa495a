import { describe, expect, it } from 'vitest';
import { funnelSteps } from './funnel-steps.ts';

const arm = (key: string, kind: 'variant' | 'holdout' | 'global_holdout', assigned: number) => ({
  key,
  kind,
  plannedShare: null,
  assigned,
  sends: kind === 'variant' ? { accepted: assigned - 2, rejected: 2 } : {},
  clickedPeople: kind === 'variant' ? 5 : 0,
  clicksWithoutPerson: 0,
  unsubscribed: 0,
  orderedPeople: 3,
  orders: 3,
  revenueMinor: 0,
});

describe('the funnel', () => {
  it('counts held-out people as eligible, and their orders for nobody', () => {
    const arms = [
      arm('A', 'variant', 40),
      arm('B', 'variant', 40),
      arm('holdout', 'holdout', 15),
      arm('g', 'global_holdout', 5),
    ];
    const ledger = { audience: 120, holdout: 15, globalHoldout: 5, states: {}, blocked: [], unaccounted: 0 };
    expect(funnelSteps({ arms, ledger }).map(({ people }) => people)).toEqual([120, 100, 80, 76, 10, 6]);
    expect(funnelSteps({ arms, ledger })[0]?.share).toBe(1);
  });

  it('is empty, not broken, before anything started', () => {
    const ledger = { audience: 0, holdout: 0, globalHoldout: 0, states: {}, blocked: [], unaccounted: 0 };
    expect(funnelSteps({ arms: [], ledger }).every(({ share }) => share === 0)).toBe(true);
  });
});
