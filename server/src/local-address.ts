import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Running {
  readonly url: string;
  readonly pid: number;
}

/** How a program of the same user on the same machine finds the running server: its address and a token, both in 0600 files. */
export interface LocalAddress extends Running {
  readonly token: string;
}

export const localTokenPath = (dataFolder: string): string => join(dataFolder, 'local-token');

const runningPath = (dataFolder: string): string => join(dataFolder, 'running.json');

export const writeLocalAddress = (dataFolder: string, running: Running): void => {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(runningPath(dataFolder), JSON.stringify(running), { mode: 0o600 });
  // The mode above counts only for a new file.
  chmodSync(runningPath(dataFolder), 0o600);
};

export const forgetLocalAddress = (dataFolder: string): void =>
  rmSync(runningPath(dataFolder), { force: true });

/** Undefined when no server runs on this data folder, or it was killed and its process is gone. */
export const readLocalAddress = (dataFolder: string): LocalAddress | undefined => {
  try {
    const running = JSON.parse(readFileSync(runningPath(dataFolder), 'utf8')) as Running;
    process.kill(running.pid, 0);
    return { ...running, token: readFileSync(localTokenPath(dataFolder), 'utf8').trim() };
  } catch {
    return undefined;
  }
};
