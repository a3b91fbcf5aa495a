import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeToken, type RandomBytes } from './secret-token.ts';

/** What the server keeps of the local token. */
export interface LocalToken {
  readonly hash: Buffer;
}

/**
 * Writes a new token for the command line of this machine into a file that only its owner can read. Made anew at every
 * start: a copy of yesterday's file opens nothing.
 */
export const createLocalToken = async (options: {
  readonly path: string;
  readonly random: RandomBytes;
}): Promise<LocalToken> => {
  const { secret, hash } = makeToken('local', options.random);
  const draft = `${options.path}.${randomUUID()}`;
  await mkdir(dirname(options.path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, options.path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return { hash };
};
