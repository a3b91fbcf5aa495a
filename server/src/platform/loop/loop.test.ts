import { expect, it } from 'vitest';
import { createLog } from '#platform/log';
import { createLoop } from './loop.ts';

const log = createLog({ level: 'silent' });

it('repeats while there is work, rests when there is none, and goes on when woken', async () => {
  const work = [true, true, false, true, false];
  const rested = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  let steps = 0;
  const loop = createLoop({
    name: 'test',
    idleMs: 1_000_000,
    log,
    tick: async () => {
      const worked = work[steps] ?? false;
      steps += 1;
      if (steps === 3) rested.resolve();
      if (steps === 5) finished.resolve();
      return worked;
    },
  });
  loop.start();
  await rested.promise;
  loop.wake();
  await finished.promise;
  await loop.stop();
  expect(steps).toBe(5);
});

it('survives a step that fails and never runs two steps at once', async () => {
  const done = Promise.withResolvers<void>();
  let inside = 0;
  let most = 0;
  let steps = 0;
  const loop = createLoop({
    name: 'test',
    idleMs: 0,
    longestPauseMs: 0,
    log,
    tick: async () => {
      inside += 1;
      most = Math.max(most, inside);
      await Promise.resolve();
      inside -= 1;
      steps += 1;
      if (steps === 2) throw new Error('a store went away');
      if (steps === 4) done.resolve();
      return true;
    },
  });
  loop.start();
  await done.promise;
  await loop.stop();
  expect(most).toBe(1);
});
