// A mail server in a process of its own, with a journal of its own: what the tests believe, whatever the product says.
import { createHash } from 'node:crypto';
import { fsyncSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { JournalEntry } from './journal.ts';
import { readMessage } from './message.ts';
import type { SinkBehaviour, SinkOrder, SinkWord } from './sink.ts';

const [journalPath = '', mailFolder = ''] = process.argv.slice(2);
const journal = openSync(journalPath, 'a');
let behaviour: SinkBehaviour = { mode: 'accept' };
let port = 0;
let server: SMTPServer | undefined;

const say = (word: SinkWord): void => void process.send?.(word);
const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

const write = (raw: Buffer, recipient: string): void => {
  const { headers, body } = readMessage(raw.toString('latin1'));
  const sendId = /<([^@>]+)@/.exec(headers['message-id']?.[0] ?? '')?.[1] ?? '';
  if (mailFolder) writeFileSync(join(mailFolder, `${sendId}.eml`), raw);
  const entry: JournalEntry = {
    at: new Date().toISOString(),
    sendId,
    recipient,
    bodySha256: createHash('sha256').update(body, 'latin1').digest('hex'),
    headers,
  };
  writeSync(journal, `${JSON.stringify(entry)}\n`);
  fsyncSync(journal);
};

/** Breaks the lines without a word, as a relay does that dies: its own farewell would be a 421, which is an answer. */
const hangUp = (session?: SMTPServerSession): void => {
  const open = (server?.connections ?? []) as Iterable<{
    readonly id: string;
    readonly _socket: { destroy(): void };
  }>;
  for (const connection of open) {
    if (session === undefined || connection.id === session.id) connection._socket.destroy();
  }
};

const answer = async (
  raw: Buffer,
  session: SMTPServerSession,
  done: (error?: Error) => void,
): Promise<void> => {
  const { mode, delayMs = 0 } = behaviour;
  if (delayMs > 0) await pause(delayMs);
  if (mode === 'hang') return say({ kind: 'swallowed' });
  if (mode === 'defer') return done(refusal(451, 'Greylisted, come back later'));
  write(raw, session.envelope.rcptTo[0]?.address ?? '');
  if (mode === 'drop') return hangUp(session);
  done();
};

const open = (): Promise<SMTPServer> => {
  const opened = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) =>
      done(behaviour.mode === 'refuse' ? refusal(550, 'No such user here') : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => void answer(Buffer.concat(parts), session, done));
    },
  });
  opened.on('error', () => undefined);
  return new Promise((resolve) => opened.listen(port, '127.0.0.1', () => resolve(opened)));
};

process.on('message', async (order: SinkOrder) => {
  const wasDown = behaviour.mode === 'down';
  behaviour = order.behaviour;
  if (behaviour.mode === 'down' && !wasDown) {
    hangUp();
    await new Promise<void>((resolve) => server?.close(() => resolve()));
  }
  if (behaviour.mode !== 'down' && wasDown) server = await open();
  say({ kind: 'done', order: order.order });
});
process.on('disconnect', () => process.exit(0));

server = await open();
const address = server.server.address();
port = typeof address === 'object' && address ? address.port : 0;
say({ kind: 'listening', port });
