import { describe, expect, it } from 'vitest';
import { type Progress, stillOpen, tally } from './tally.ts';

const counts = {
  queued: 10,
  held: 5,
  claimed: 2,
  attempting: 1,
  accepted: 50,
  rejected: 3,
  uncertain: 1,
  blocked: 8,
  cancelled: 0,
};
const progress: Progress = {
  state: 'sending',
  audience: 100,
  globalHoldout: 5,
  campaignHoldout: 15,
  counts,
  byReason: [
    { state: 'blocked', reason: 'no_consent', count: 8 },
    { state: 'held', reason: 'quiet_hours', count: 5 },
    { state: 'queued', reason: null, count: 10 },
  ],
  unaccounted: 0,
  trouble: null,
};

describe('the tally of a campaign', () => {
  it('has everybody in exactly one part', () => {
    const parts = tally(progress);
    expect(parts.reduce((sum, { people }) => sum + people, 0)).toBe(progress.audience);
    expect(parts.find(({ part }) => part === 'waiting')?.people).toBe(13);
    expect(parts.some(({ part }) => part === 'cancelled')).toBe(false);
  });

  it('says why, where there is a reason', () => {
    expect(tally(progress).find(({ part }) => part === 'blocked')?.reasons).toEqual([
      { state: 'blocked', reason: 'no_consent', count: 8 },
    ]);
    expect(tally(progress).find(({ part }) => part === 'waiting')?.reasons).toEqual([]);
  });

  it('knows what can still be stopped', () => {
    expect(stillOpen(progress)).toBe(18);
  });
});
