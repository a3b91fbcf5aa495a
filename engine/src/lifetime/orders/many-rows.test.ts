import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../testing/lifetime.ts';
import { groupRows, summarise } from '../index.ts';

describe('a million rows', () => {
  it('that are all alike are three groups, in steps', () => {
    const n = 1_000_000;
    const repeats = Float64Array.from({ length: n }, (_, i) => i % 3);
    const heard: number[] = [];
    const rows = { repeats, recency: repeats.map((x) => 5 * x), age: new Float64Array(n).fill(30) };
    const groups = groupRows(rows, ({ done }) => void heard.push(done));
    expect([...groups.count]).toEqual([333_334, 333_333, 333_333]);
    expect([...groups.recency]).toEqual([0, 5, 10]);
    expect(groups.groupOf.subarray(0, 4)).toEqual(Uint32Array.of(0, 1, 2, 0));
    // Some 0.4 s of work: a word every few milliseconds.
    expect(heard.length).toBeGreaterThan(40);
    expect(codeOf(() => groupRows(rows, () => 'stop'))).toBe('cancelled');
  });

  it('can be stopped while orders are merged', () => {
    const n = 100_000;
    const orders = {
      people: n,
      person: Uint32Array.from({ length: n }, (_, i) => i),
      atMs: new Float64Array(n),
    };
    let calls = 0;
    const stop = (): 'stop' | undefined => (++calls === 6 ? 'stop' : undefined);
    expect(codeOf(() => summarise(orders, { untilMs: 0 }, stop))).toBe('cancelled');
  });
});
