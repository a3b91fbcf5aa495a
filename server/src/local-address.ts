import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a program of the same user on the same machine finds the running server: its address and a token, both 0600. */
export interface LocalAddress {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'running.json');

export const writeLocalAddress = (dataFolder: string, address: LocalAddress): void => {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(fileOf(dataFolder), JSON.stringify(address), { mode: 0o600 });
  // The mode above counts only for a new file.
  chmodSync(fileOf(dataFolder), 0o600);
};

export const forgetLocalAddress = (dataFolder: string): void => rmSync(fileOf(dataFolder), { force: true });

/** Undefined when no server runs on this data folder, or it was killed and its process is gone. */
export const readLocalAddress = (dataFolder: string): LocalAddress | undefined => {
  try {
    const address = JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')) as LocalAddress;
    process.kill(address.pid, 0);
    return address;
  } catch {
    return undefined;
  }
};
