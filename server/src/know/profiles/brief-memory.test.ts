import { expect, it } from 'vitest';
import { createBriefMemory } from './brief-memory.ts';

it('asks once per key while it remembers, and again after a failure', async () => {
  let asked = 0;
  const remember = createBriefMemory(60_000, async (key) => {
    asked += 1;
    if (asked === 1) throw new Error('not now');
    return `${key}${asked}`;
  });
  await expect(remember('a')).rejects.toThrow('not now');
  expect(await Promise.all([remember('a'), remember('a'), remember('b')])).toEqual(['a2', 'a2', 'b3']);
  const forgetful = createBriefMemory(0, async () => (asked += 1));
  expect(await forgetful('a')).not.toBe(await forgetful('a'));
});
