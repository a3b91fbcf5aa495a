import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Who runs the engine. PostgreSQL refuses root, so root lends it a user id that nobody else has. */
export interface EngineUser {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY = 65_534;
/** Left free by Debian's policy (9.2.2) and by systemd's table of user ids. */
const FIRST_FREE = 60_578;
const FREE = 600;

export const isRoot = (): boolean => process.getuid?.() === 0;

export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);

/** initdb looks itself up in the password file, and gets this user there; the server afterwards does not need to. */
export const initdbUser = (): EngineUser => ({ uid: NOBODY, gid: NOBODY });

/** The same folder always gets the same id. */
export const dedicatedUser = async (folder: string): Promise<EngineUser> => {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const taken = new Set(passwd.split('\n').map((line) => Number(line.split(':')[2])));
  const start = Number.parseInt(shortHash(folder), 16) % FREE;
  for (let step = 0; step < FREE; step += 1) {
    const uid = FIRST_FREE + ((start + step) % FREE);
    if (!taken.has(uid)) return { uid, gid: uid };
  }
  return initdbUser();
};

/** Whether somebody who is neither owner nor in the group can go into each folder on the way. */
export const isOpenToOthers = async (path: string): Promise<boolean> => {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};

/**
 * Where the engine keeps its files: inside the data folder, unless root runs Mesure below a folder that only root can
 * enter (a clone under a 0700 home): then /var/lib/mesure/<hash of the data folder>.
 */
export const embeddedPostgresFolder = async (dataFolder: string): Promise<string> =>
  !isRoot() || (await isOpenToOthers(resolve(dataFolder)))
    ? join(resolve(dataFolder), 'postgres')
    : join('/var/lib/mesure', shortHash(resolve(dataFolder)));

/** The folder for sockets: socket paths end at 107 bytes (sun_path), and the engine's user must be able to go there. */
export const socketParent = async (): Promise<string> => {
  const folder = tmpdir();
  const longest = join(folder, 'mesure-XXXXXX', '.s.PGSQL.5432');
  return Buffer.byteLength(longest) <= 100 && (!isRoot() || (await isOpenToOthers(folder))) ? folder : '/tmp';
};

export const operatingSystemUser = (): string => userInfo().username;
