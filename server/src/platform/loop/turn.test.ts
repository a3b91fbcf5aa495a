import { expect, it } from 'vitest';
import { createTurn } from './turn.ts';

it('lets one work at a time, in order, and goes on after a failure', async () => {
  const turn = createTurn();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turn(async () => {
    seen.push('first begins');
    await gate.promise;
    seen.push('first ends');
  });
  const second = turn(async () => {
    seen.push('second');
    throw new Error('it fails');
  });
  const third = turn(async () => {
    seen.push('third');
    return 3;
  });
  gate.resolve();
  await first;
  await expect(second).rejects.toThrow('it fails');
  expect(await third).toBe(3);
  expect(seen).toEqual(['first begins', 'first ends', 'second', 'third']);
});
