import { parentPort } from 'node:worker_threads';
import { compileSource } from './compile.ts';
import type { MessageSource } from './message.ts';

const answer = async (source: MessageSource): Promise<void> => {
  parentPort?.postMessage(await compileSource(source));
};

parentPort?.on('message', (source: MessageSource) => void answer(source));
parentPort?.postMessage('ready');
