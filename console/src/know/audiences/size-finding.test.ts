import { expect, it } from 'vitest';
import { sizeFinding } from './size-finding.ts';

const size = (day: string, count: number, ruleHash = 'a') => ({
  at: `${day}T09:00:00.000Z`,
  day,
  count,
  total: 100,
  ruleHash,
});

it('says how the size changed', () => {
  expect(sizeFinding([])).toEqual({ kind: 'none' });
  expect(sizeFinding([size('2026-03-01', 5)])).toEqual({ kind: 'one', count: 5 });
  expect(sizeFinding([size('2026-03-01', 50), size('2026-03-02', 60)])).toMatchObject({
    kind: 'grew',
    change: expect.closeTo(0.2),
    ruleChanged: false,
  });
  expect(sizeFinding([size('2026-03-01', 0), size('2026-03-02', 0)])).toMatchObject({
    kind: 'same',
    change: null,
  });
});

it('speaks of the rule as it is now, where it can', () => {
  expect(
    sizeFinding([size('2026-03-01', 90, 'b'), size('2026-03-02', 10), size('2026-03-03', 8)]),
  ).toMatchObject({ kind: 'shrank', from: 10, to: 8, ruleChanged: false });
  expect(sizeFinding([size('2026-03-01', 90, 'b'), size('2026-03-02', 10)])).toMatchObject({
    kind: 'shrank',
    from: 90,
    ruleChanged: true,
  });
});
