import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { appError } from '#platform/errors';

export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface UploadArea {
  /** Writes a stream of bytes to a place of its own; nothing is kept when it fails or is broken off. */
  readonly receive: (importId: string, storedAs: string, body: Readable) => Promise<ReceivedFile>;
  readonly pathOf: (importId: string, storedAs: string) => string;
  readonly setAsidePath: (importId: string) => string;
  readonly readSetAside: (importId: string) => Promise<Readable>;
  readonly forgetFile: (importId: string, storedAs: string) => Promise<void>;
  /** Removes the received files; the lines set aside stay until the import itself is forgotten. */
  readonly forgetFiles: (importId: string, storedAs: readonly string[]) => Promise<void>;
  readonly forget: (importId: string) => Promise<void>;
}

export interface UploadAreaOptions {
  readonly folder: string;
  readonly maxFileBytes: number;
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Folder and file names are made of our ids only: what a file is called never reaches the file system. */
export const createUploadArea = ({ folder, maxFileBytes }: UploadAreaOptions): UploadArea => {
  const folderOf = (importId: string): string => join(folder, importId);
  const pathOf = (importId: string, storedAs: string): string =>
    join(folderOf(importId), `${storedAs}.upload`);
  const setAsidePath = (importId: string): string => join(folderOf(importId), 'set-aside.csv');
  return {
    pathOf,
    setAsidePath,
    receive: async (importId, storedAs, body) => {
      await mkdir(folderOf(importId), { recursive: true, mode: 0o700 });
      const path = pathOf(importId, storedAs);
      const partial = `${path}.partial`;
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        await pipeline(
          body,
          async function* measure(chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              bytes += chunk.length;
              if (bytes > maxFileBytes) {
                throw appError('too_large', {
                  message: `This file is larger than ${maxFileBytes} bytes. Split it and send the parts.`,
                  details: { reason: 'file_too_large', maxBytes: maxFileBytes },
                });
              }
              hash.update(chunk);
              yield chunk;
            }
          },
          createWriteStream(partial, { mode: 0o600, flush: true }),
        );
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        if (!isCode(error, 'ENOSPC')) throw error;
        throw appError('unavailable', {
          message:
            'The disk of the server is full: the file was not kept. Free some space and send it again.',
          details: { reason: 'disk_full' },
          cause: error,
        });
      }
      return { path, bytes, sha256: hash.digest('hex') };
    },
    readSetAside: async (importId) => {
      const path = setAsidePath(importId);
      try {
        await stat(path);
      } catch (error) {
        throw appError('not_found', {
          message: 'No line of this import was set aside, or it was not run yet.',
          cause: error,
        });
      }
      return createReadStream(path);
    },
    forgetFile: (importId, storedAs) => rm(pathOf(importId, storedAs), { force: true }),
    forgetFiles: async (importId, stored) => {
      for (const storedAs of stored) await rm(pathOf(importId, storedAs), { force: true });
    },
    forget: (importId) => rm(folderOf(importId), { recursive: true, force: true }),
  };
};
