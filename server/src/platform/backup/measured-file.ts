import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { appError } from '#platform/errors';

export interface Measured {
  readonly sha256: string;
  readonly bytes: number;
}

const meter = (): { readonly pass: Transform; readonly result: () => Measured } => {
  const hash = createHash('sha256');
  let bytes = 0;
  const pass = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { pass, result: () => ({ sha256: hash.digest('hex'), bytes }) };
};

/** Compressed, for the owner's eyes only, and on the disk before this returns. */
export const writeMeasured = async (
  path: string,
  chunks: AsyncIterable<Buffer | string>,
): Promise<Measured> => {
  const { pass, result } = meter();
  await pipeline(
    Readable.from(chunks),
    createGzip({ level: 3 }),
    pass,
    createWriteStream(path, { mode: 0o600, flags: 'wx' }),
  );
  const file = await open(path);
  await file.sync();
  await file.close();
  return result();
};

export const readMeasured = (path: string): Readable => createReadStream(path).pipe(createGunzip());

/** @throws unprocessable when a file is missing or is not what the manifest says. */
export const checkMeasured = async (
  folder: string,
  expected: Measured & { readonly file: string },
): Promise<void> => {
  const { pass, result } = meter();
  try {
    await pipeline(createReadStream(join(folder, expected.file)), pass.resume());
  } catch (cause) {
    throw appError('unprocessable', {
      message: `The backup's file ${expected.file} cannot be read. Copy the backup again from where it is kept.`,
      details: { reason: 'missing_file', file: expected.file },
      cause,
    });
  }
  if (result().sha256 !== expected.sha256) {
    throw appError('unprocessable', {
      message: `The backup's file ${expected.file} is damaged: it is not what the manifest says. Copy the backup again from where it is kept.`,
      details: { reason: 'damaged_file', file: expected.file },
    });
  }
};
