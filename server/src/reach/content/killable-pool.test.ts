import { afterAll, expect, it } from 'vitest';
import { createKillablePool } from './killable-pool.ts';

// A thread that is kept from the processor uses none of it, like one that waits.
const code = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', (what) => {
  if (what === 'spin') for (;;);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  parentPort.postMessage('answer');
});
parentPort.postMessage('ready');`;

const pool = createKillablePool<'wait' | 'spin', string>({
  module: new URL(`data:text/javascript,${encodeURIComponent(code)}`),
  size: 1,
  stallMs: 100,
  heapMb: 32,
});
afterAll(() => pool.stop());

it('ends a thread for the time it uses, not for the time that a busy machine keeps it waiting', async () => {
  expect(await pool.run(() => 'wait')).toEqual({ kind: 'done', reply: 'answer' });
  expect(await pool.run(() => 'spin')).toEqual({ kind: 'killed', why: 'stalled', at: 0 });
  expect(await pool.run(() => 'wait')).toEqual({ kind: 'done', reply: 'answer' });
});
