import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { appError } from '#platform/errors';
import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './encoding.ts';

/** A file that was received, and how it is to be read. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
}

const CHUNK_BYTES = 262_144;
const GZIP_MAGIC = [0x1f, 0x8b];

export const isGzip = (head: Uint8Array): boolean => GZIP_MAGIC.every((byte, index) => head[index] === byte);

const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const translate = (error: unknown, name: string): unknown => {
  const code = errorCode(error);
  if (code.startsWith('Z_')) {
    return appError('unprocessable', {
      message: `${name} is a damaged or incomplete gzip file. Make it again and send it again.`,
      details: { reason: 'broken_gzip', file: name },
      cause: error,
    });
  }
  if (code === 'ENOENT') {
    return appError('unprocessable', {
      message: `${name} is no longer on the server. Send it again.`,
      details: { reason: 'file_gone', file: name },
      cause: error,
    });
  }
  return error;
};

export interface OpenOptions {
  readonly path: string;
  readonly name: string;
  readonly gzip: boolean;
  /** Bytes of the file as stored, read since the last call. */
  readonly onBytes?: (bytes: number) => void;
}

/** The bytes of a file, unpacked. */
export async function* openBytes(options: OpenOptions): AsyncGenerator<Buffer> {
  const stored = createReadStream(options.path, { highWaterMark: CHUNK_BYTES });
  stored.on('data', (chunk) => options.onBytes?.(chunk.length));
  try {
    if (!options.gzip) {
      yield* stored as AsyncIterable<Buffer>;
      return;
    }
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    stored.on('error', (error) => unpacked.destroy(error));
    yield* stored.pipe(unpacked) as AsyncIterable<Buffer>;
  } catch (error) {
    throw translate(error, options.name);
  } finally {
    stored.destroy();
  }
}

/** The same as text; a byte order mark is left for the reader of records. */
export async function* openText(
  options: OpenOptions & { readonly encoding: Encoding },
): AsyncGenerator<string> {
  const decoder = new TextDecoder(options.encoding, { ignoreBOM: true });
  for await (const chunk of openBytes(options)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
