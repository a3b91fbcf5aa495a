import { describe, expect, it } from 'vitest';
import { asText, differences } from './difference.ts';

describe('what differs', () => {
  it('is told by path, and nothing else', () => {
    expect(
      differences(
        { name: 'Shop', quiet: { start: '08:00', end: '20:00' }, roles: ['marketer'], gone: 1 },
        { name: 'Shop', quiet: { start: '09:00', end: '20:00' }, roles: ['marketer', 'admin'], made: true },
      ),
    ).toEqual([
      { path: 'quiet.start', before: '08:00', after: '09:00' },
      { path: 'roles', before: ['marketer'], after: ['marketer', 'admin'] },
      { path: 'made', before: undefined, after: true },
      { path: 'gone', before: 1, after: undefined },
    ]);
  });

  it('copes with nothing, with values alone, and with empty things', () => {
    expect(differences(null, null)).toEqual([]);
    expect(differences(null, { a: null, b: {} })).toEqual([{ path: 'b', before: undefined, after: {} }]);
    expect(differences('x', 'y')).toEqual([{ path: '', before: 'x', after: 'y' }]);
    expect(differences({ a: 1 }, { a: 1 })).toEqual([]);
  });

  it('shows words as they are', () => {
    expect(asText('a "b"')).toBe('a "b"');
    expect(asText(['a'])).toBe('[\n "a"\n]');
  });
});
