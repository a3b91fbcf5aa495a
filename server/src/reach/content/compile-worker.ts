import { parentPort } from 'node:worker_threads';
import { compileSource } from './compile.ts';
import type { MessageSource } from './message.ts';

parentPort?.on('message', async (source: MessageSource) => {
  parentPort?.postMessage(await compileSource(source));
});
parentPort?.postMessage('ready');
