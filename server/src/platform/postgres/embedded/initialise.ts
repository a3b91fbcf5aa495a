import { spawn } from 'node:child_process';
import { chown, lchown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '#platform/errors';
import { type Binaries, majorOf } from './binaries.ts';
import { type EngineUser, initdbUser, isRoot, operatingSystemUser } from './reach.ts';

export const SUPERUSER = 'mesure_admin';
export const OWNER = 'mesure_owner';
export const APP = 'mesure_app';
export const DATABASE = 'mesure';

/** The engine inherits nothing from our environment. */
export const engineEnvironment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

const hba = `# Only processes of this machine, through the socket, as the operating system's user that runs Mesure.
local all ${SUPERUSER},${OWNER},${APP} peer map=mesure
`;

const ident = (user: string): string =>
  [SUPERUSER, OWNER, APP].map((role) => `mesure "${user}" ${role}\n`).join('');

// From the root folder: initdb's user may not be able to enter the one that this process was started in.
const run = (command: string, args: readonly string[], user: EngineUser | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      ...user,
      cwd: '/',
      env: engineEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(said.join('').slice(-2000)))));
  });

export const giveTo = async (path: string, user: EngineUser): Promise<void> => {
  await chown(path, user.uid, user.gid);
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
};

export interface InitialiseOptions {
  readonly binaries: Binaries;
  readonly folder: string;
  readonly user: EngineUser | undefined;
}

/** A new cluster at folder/data, or the one that is there when this version can read it. */
export const ensureCluster = async ({
  binaries,
  folder,
  user,
}: InitialiseOptions): Promise<{ readonly created: boolean }> => {
  const data = join(folder, 'data');
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const major = await majorOf(binaries);
  if (found !== undefined && found.trim() !== major) {
    throw appError('unavailable', {
      message: `${data} was written by PostgreSQL ${found.trim()}; this version of Mesure brings PostgreSQL ${major}. Run "mesure backup" with the version of Mesure that wrote it, move the folder away, and run "mesure restore" with this one.`,
      details: { reason: 'other_major', found: found.trim(), expected: major },
    });
  }
  if (found === undefined) await initialise({ binaries, folder, user });
  // Written at every start: the same folder may be started by another operating system user than last time.
  await writeOwned(join(data, 'pg_hba.conf'), hba, user);
  await writeOwned(join(data, 'pg_ident.conf'), ident(operatingSystemUser()), user);
  return { created: found === undefined };
};

const writeOwned = async (path: string, text: string, user: EngineUser | undefined): Promise<void> => {
  await writeFile(path, text, { mode: 0o600 });
  if (user !== undefined) await chown(path, user.uid, user.gid);
};

/** Built beside its place and moved there when whole: a start that is killed half-way leaves nothing to trip over. */
const initialise = async ({ binaries, folder, user }: InitialiseOptions): Promise<void> => {
  const draft = join(folder, 'data.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const as = isRoot() ? initdbUser() : undefined;
  if (as !== undefined) await chown(draft, as.uid, as.gid);
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    '--auth-local=peer',
    '--auth-host=reject',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  await run(binaries.initdb, args, as).catch((cause: unknown) => {
    throw appError('unavailable', {
      message: `PostgreSQL could not set up its folder ${draft}: ${cause instanceof Error ? cause.message.trim() : ''}`,
      details: { reason: 'initdb_failed' },
      cause,
    });
  });
  if (user !== undefined) await giveTo(draft, user);
  await rename(draft, join(folder, 'data'));
};
