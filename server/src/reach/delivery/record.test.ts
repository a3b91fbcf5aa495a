import { describe, expect, it } from 'vitest';
import type { Answer, Attempted } from './attempt.ts';
import { resultOf, retryDelayMs } from './record.ts';

const now = new Date('2026-06-01T10:00:00Z');
const result = (answer: Answer, deferrals = 0) =>
  resultOf({ send: { id: 's', deferrals } as Attempted['send'], answer }, { now, mostDeferrals: 8 });

describe('what an answer makes of a send', () => {
  it('ends it when the server took it, refused it, or nobody can tell', () => {
    expect(result({ kind: 'accepted', response: '250 ok' })).toMatchObject({
      state: 'accepted',
      dueAt: null,
    });
    expect(
      result({ kind: 'rejected', permanent: true, stage: 'recipient', code: 550, response: '550' }),
    ).toMatchObject({
      state: 'rejected',
      reason: 'bounce',
    });
    // A refusal of the content says nothing about the address.
    expect(
      result({ kind: 'rejected', permanent: true, stage: 'message', code: 554, response: '554' }),
    ).toMatchObject({
      state: 'rejected',
      reason: 'refused',
    });
    expect(result({ kind: 'uncertain', reason: 'lost' })).toMatchObject({ state: 'uncertain', dueAt: null });
  });

  it('tries a busy recipient again later, less and less often, and gives up after the limit', () => {
    const busy = { kind: 'deferred', problem: 'busy', code: 451, reason: '451 later' } as const;
    expect(result(busy)).toMatchObject({
      state: 'held',
      reason: 'deferred',
      deferrals: 1,
      dueAt: new Date(now.getTime() + 300_000),
    });
    expect(result(busy, 7)).toMatchObject({ state: 'rejected', reason: 'deferred_too_often' });
    expect([0, 1, 2, 10].map((n) => retryDelayMs(n) / 60_000)).toEqual([5, 10, 20, 360]);
  });

  it('does not blame the recipient for a relay that is down', () => {
    const down = { kind: 'deferred', problem: 'refused', reason: 'ECONNREFUSED' } as const;
    expect(result(down, 7)).toMatchObject({ state: 'held', reason: 'transport', deferrals: 0 });
  });

  it('puts back what was never begun', () => {
    expect(result({ kind: 'not_begun' })).toMatchObject({ state: 'queued', dueAt: now });
  });
});
