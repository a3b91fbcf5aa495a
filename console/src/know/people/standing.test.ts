import { expect, it } from 'vitest';
import { byPurpose, type ConsentEntry, standingOf } from './standing.ts';

const entry = (change: Partial<ConsentEntry>): ConsentEntry => ({
  id: '1',
  entityId: 'a',
  channel: 'email',
  purpose: 'prospecting',
  state: 'granted',
  at: '2026-01-01T00:00:00Z',
  recordedAt: '2026-01-01T00:00:00Z',
  standing: true,
  proof: {
    method: 'form',
    source: 'form',
    wording: null,
    wordingHash: null,
    language: null,
    url: null,
    actorName: null,
    importId: null,
    restores: null,
    simulated: false,
  },
  ...change,
});

it('says what counts today', () => {
  expect(standingOf([], 'prospecting')).toEqual({ state: 'none', at: null });
  expect(standingOf([entry({ standing: false })], 'prospecting').state).toBe('none');
  expect(standingOf([entry({ state: 'withdrawn' }), entry({ entityId: 'b' })], 'prospecting').state).toBe(
    'granted',
  );
});

it('tells the history of each purpose, contact first', () => {
  const found = byPurpose([
    entry({ id: '3', purpose: 'topic:wine' }),
    entry({ id: '2', state: 'withdrawn' }),
    entry({ id: '1', standing: false }),
  ]);
  expect(found.map(({ purpose, entries }) => [purpose, entries.length])).toEqual([
    ['prospecting', 2],
    ['topic:wine', 1],
  ]);
  expect(found[0]?.standing?.id).toBe('2');
});
