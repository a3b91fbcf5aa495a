import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { CaughtMail } from './mail.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** One frame: lengths of what follows (2 × uint32, big-endian), a JSON line about the message, the message in gzip. */
const HEAD_BYTES = 8;

interface Frame {
  readonly mail: CaughtMail;
  readonly frameAt: number;
  readonly frameBytes: number;
  readonly bodyAt: number;
  readonly bodyBytes: number;
}

/** The messages of one workspace in one append-only file; memory holds a line about each. */
export interface Mailbox {
  /** Resolves when the message is in the file (not when the disk has confirmed it). */
  readonly add: (mail: CaughtMail, raw: Buffer) => Promise<void>;
  /** The oldest first. */
  readonly mails: () => readonly CaughtMail[];
  readonly raw: (id: string) => Promise<Buffer | null>;
  readonly clear: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const encode = (mail: CaughtMail, body: Buffer): Buffer => {
  const line = Buffer.from(JSON.stringify(mail));
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32BE(line.length, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, line, body]);
};

const exactly = async (file: FileHandle, at: number, bytes: number): Promise<Buffer | null> => {
  const buffer = Buffer.allocUnsafe(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, at);
  return bytesRead === bytes ? buffer : null;
};

/** Reads the lines about the messages and leaves out a last one that a crash has cut. */
const readFrames = async (file: FileHandle): Promise<{ frames: Frame[]; end: number }> => {
  const frames: Frame[] = [];
  const { size } = await file.stat();
  let at = 0;
  for (;;) {
    const head = await exactly(file, at, HEAD_BYTES);
    const lineBytes = head?.readUInt32BE(0) ?? 0;
    const bodyBytes = head?.readUInt32BE(4) ?? 0;
    const bodyAt = at + HEAD_BYTES + lineBytes;
    if (head === null || bodyAt + bodyBytes > size) return { frames, end: at };
    const line = await exactly(file, at + HEAD_BYTES, lineBytes);
    if (line === null) return { frames, end: at };
    const mail = JSON.parse(line.toString('utf8'));
    const frameBytes = HEAD_BYTES + lineBytes + bodyBytes;
    frames.push({ mail: { ...mail, at: new Date(mail.at) }, frameAt: at, frameBytes, bodyAt, bodyBytes });
    at += frameBytes;
  }
};

/** @param capacity the oldest messages go when there are a fifth more than this */
export const openMailbox = async (path: string, capacity: number): Promise<Mailbox> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Messages hold personal data: nobody but the owner reads the file.
  let file = await open(path, 'a+', 0o600);
  const start = await readFrames(file);
  await file.truncate(start.end);
  let frames = start.frames;
  let end = start.end;
  const byId = new Map(frames.map((frame) => [frame.mail.id, frame]));
  // Each write waits for the one before: offsets depend on it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const replaceWith = async (kept: readonly Frame[]): Promise<void> => {
    const next = await open(`${path}.new`, 'w', 0o600);
    const moved: Frame[] = [];
    let at = 0;
    for (const frame of kept) {
      const bytes = await exactly(file, frame.frameAt, frame.frameBytes);
      if (bytes === null) continue;
      await next.write(bytes);
      moved.push({ ...frame, frameAt: at, bodyAt: at + frame.frameBytes - frame.bodyBytes });
      at += frame.frameBytes;
    }
    await next.close();
    await file.close();
    await rename(`${path}.new`, path);
    file = await open(path, 'a+', 0o600);
    frames = moved;
    end = at;
    byId.clear();
    for (const frame of moved) byId.set(frame.mail.id, frame);
  };

  return {
    add: async (mail, raw) => {
      const body = await compress(raw, { level: 1 });
      await inTurn(async () => {
        const bytes = encode(mail, body);
        await file.appendFile(bytes);
        const frame: Frame = {
          mail,
          frameAt: end,
          frameBytes: bytes.length,
          bodyAt: end + bytes.length - body.length,
          bodyBytes: body.length,
        };
        frames.push(frame);
        byId.set(mail.id, frame);
        end += bytes.length;
        if (frames.length > capacity * 1.2) await replaceWith(frames.slice(-capacity));
      });
    },
    mails: () => frames.map((frame) => frame.mail),
    raw: (id) =>
      inTurn(async () => {
        const frame = byId.get(id);
        const body = frame && (await exactly(file, frame.bodyAt, frame.bodyBytes));
        return body ? expand(body) : null;
      }),
    clear: () =>
      inTurn(async () => {
        const count = frames.length;
        await replaceWith([]);
        return count;
      }),
    close: () => inTurn(() => file.close()),
  };
};
