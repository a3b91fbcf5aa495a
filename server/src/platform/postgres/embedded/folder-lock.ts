import { randomBytes } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '#platform/errors';

export interface FolderLock {
  readonly release: () => void;
}

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks since boot (proc(5), stat field 22): process ids are used again. */
  readonly started: string | null;
  readonly token: string;
}

/** proc(5), stat from the third field on; the second is the command in parentheses and may itself hold spaces. */
const statFields = (pid: number): readonly string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

export const processStart = (pid: number): string | null => statFields(pid)?.[19] ?? null;

/** A zombie has ended: in a container whose first process does not wait for orphans it may stay for ever. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
};

const holds = ({ pid, started }: Holder): boolean =>
  isAlive(pid) && (started === null || processStart(pid) === started);

const readHolder = async (path: string): Promise<Holder | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
};

/**
 * One server per folder. The file names its holder and is written whole before it appears (link), so a crash leaves at
 * worst the name of a process that is gone.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const path = join(folder, 'server.lock');
  const own: Holder = {
    pid: process.pid,
    started: processStart(process.pid),
    token: randomBytes(8).toString('hex'),
  };
  const draft = `${path}.${own.token}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        await link(draft, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await readHolder(path);
      if (holder !== undefined && holds(holder)) {
        throw appError('unavailable', {
          message: `Another Mesure server (process ${holder.pid}) is running on ${folder}. Stop it first, or start this one with another MESURE_DATA_FOLDER.`,
          details: { reason: 'folder_in_use', pid: holder.pid },
        });
      }
      // Taken away by renaming: of two that see the same dead holder only one moves it.
      await rename(path, `${draft}.stale`).catch(() => undefined);
      await unlink(`${draft}.stale`).catch(() => undefined);
    }
  } finally {
    await unlink(draft).catch(() => undefined);
  }
  return {
    release: () => {
      try {
        if ((JSON.parse(readFileSync(path, 'utf8')) as Holder).token === own.token) unlinkSync(path);
      } catch {
        // Already gone: nothing is held.
      }
    },
  };
};
