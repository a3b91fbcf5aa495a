import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { csvLine } from './csv-output.ts';
import type { SetAsideLine } from './quality-report.ts';

export interface SetAsideFile {
  readonly add: (line: SetAsideLine) => void;
  /** Waits while the disk is behind, so that memory never holds the file. */
  readonly settle: () => Promise<void>;
  readonly finish: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

const BATCH_CHARS = 65_536;

/** Lines that were not imported: reason, place and every field as read, safe to open in a spreadsheet (S-11). */
export const createSetAsideFile = async (
  path: string,
  files: readonly string[],
  header: readonly string[],
): Promise<SetAsideFile> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.partial`;
  const stream = createWriteStream(partial, { mode: 0o600, flush: true });
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  let text = `\ufeff${csvLine(['reason', 'detail', 'file', 'line', ...header])}`;
  let count = 0;
  let isFull = false;
  const push = (): void => {
    if (text !== '') isFull = !stream.write(text);
    text = '';
  };
  return {
    add: ({ reason, value, file, line, fields }) => {
      count += 1;
      text += csvLine([reason, value, files[file] ?? '', String(line), ...fields]);
      if (text.length > BATCH_CHARS) push();
    },
    settle: async () => {
      if (failure !== undefined) throw failure;
      if (!isFull) return;
      isFull = false;
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
    finish: async () => {
      push();
      stream.end();
      if (!stream.closed) await once(stream, 'close');
      if (failure !== undefined) throw failure;
      if (count === 0) {
        await rm(partial, { force: true });
        await rm(path, { force: true });
      } else await rename(partial, path);
    },
    discard: async () => {
      stream.destroy();
      await rm(partial, { force: true });
    },
  };
};
