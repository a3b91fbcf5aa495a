import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JournalEntry, readJournal } from './journal.ts';
import { type ReadMessage, readMessage } from './message.ts';

export interface SinkBehaviour {
  /**
   * `drop`: takes the message and hangs up before it answers. `hang`: swallows the message, never answers, takes nothing.
   * `refuse`: 550 to the recipient. `defer`: 451 to the message. `down`: nobody listens.
   */
  readonly mode: 'accept' | 'drop' | 'hang' | 'refuse' | 'defer' | 'down';
  /** Thinks that long before it answers a message. */
  readonly delayMs?: number;
}

export interface SinkOrder {
  readonly order: number;
  readonly behaviour: SinkBehaviour;
}

export type SinkWord =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'done'; readonly order: number }
  | { readonly kind: 'swallowed' };

export interface Sink {
  readonly port: number;
  readonly behave: (behaviour: SinkBehaviour) => Promise<void>;
  /** Messages that came whole and were never answered. */
  readonly swallowed: () => number;
  readonly journal: () => readonly JournalEntry[];
  /** The message as it came, for those taken. */
  readonly open: (sendId: string) => ReadMessage;
  readonly close: () => Promise<void>;
}

const script = fileURLToPath(new URL('sink-process.ts', import.meta.url));

export const startSink = async (folder: string): Promise<Sink> => {
  const journalPath = join(folder, 'journal.jsonl');
  const child = fork(script, [journalPath, folder], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, () => void>();
  let orders = 0;
  let swallowed = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The mail sink ended instead of starting')));
    child.on('message', (word: SinkWord) => {
      if (word.kind === 'listening') resolve(word.port);
      else if (word.kind === 'done') waiting.get(word.order)?.();
      else swallowed += 1;
    });
  });
  return {
    port,
    behave: (behaviour) =>
      new Promise((resolve) => {
        orders += 1;
        waiting.set(orders, resolve);
        child.send({ order: orders, behaviour } satisfies SinkOrder);
      }),
    swallowed: () => swallowed,
    journal: () => readJournal(journalPath),
    open: (sendId) => readMessage(readFileSync(join(folder, `${sendId}.eml`), 'latin1')),
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
};
