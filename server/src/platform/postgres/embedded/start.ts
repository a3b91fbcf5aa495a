import { chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#platform/log';
import { type Binaries, findBinaries } from './binaries.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { APP, DATABASE, ensureCluster, OWNER, SUPERUSER } from './initialise.ts';
import {
  adopt,
  type Postmaster,
  type PostmasterOptions,
  readPidFile,
  socketUrl,
  start,
  stop,
} from './postmaster.ts';
import {
  dedicatedUser,
  type EngineUser,
  embeddedPostgresFolder,
  isOpenToOthers,
  isRoot,
  socketParent,
} from './reach.ts';

export interface EmbeddedPostgresOptions {
  /** Mesure's data folder; see embeddedPostgresFolder for where the cluster then is. */
  readonly dataFolder: string;
  readonly log?: Log;
  /** postgresql.conf settings, such as shared_buffers. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** Only for creating databases; superusers pass row-level security. */
  readonly adminUrl: string;
  readonly appRole: string;
  readonly folder: string;
  readonly pid: () => number;
  /** True when the server of a crashed process was taken over. */
  readonly adopted: boolean;
  readonly stop: () => Promise<void>;
}

const ensureFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
};

/** A short folder of our own: PostgreSQL's lock on a socket is only as good as the folder it is in. */
const makeSocketFolder = async (user: EngineUser | undefined): Promise<string> => {
  const folder = await mkdtemp(join(await socketParent(), 'mesure-'));
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
};

const engineUser = async (folder: string): Promise<EngineUser | undefined> => {
  if (!isRoot()) return undefined;
  const found = await stat(join(folder, 'data')).catch(() => undefined);
  return found !== undefined && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : dedicatedUser(folder);
};

const prepareRoles = async (adminUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const role of [OWNER, APP]) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      if (rowCount === 0)
        await client.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole`);
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
    await client.query(
      `revoke all on database ${DATABASE} from public; grant connect, temporary on database ${DATABASE} to ${APP}`,
    );
  } finally {
    await client.end();
  }
};

/** Named by the last server's pid file, which goes away with it: read before that server is stopped. */
const removeDeadSocketFolder = async (left: string): Promise<void> => {
  if (/^mesure-[A-Za-z0-9]{6}$/.test(basename(left)) && dirname(left) === (await socketParent())) {
    await rm(left, { recursive: true, force: true });
  }
};

/**
 * The built-in PostgreSQL on a folder: initialised, taken over or started, kept running until stop().
 * @throws unavailable when another server holds the folder, or its cluster is of another major version.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const folder = await embeddedPostgresFolder(resolve(options.dataFolder));
  if (folder.startsWith('/var/lib/mesure/')) await mkdir('/var/lib/mesure', { recursive: true, mode: 0o755 });
  await ensureFolder(folder);
  const lock = await lockFolder(folder);
  try {
    return await run(options, folder, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
};

const cacheFolder = async (folder: string): Promise<string> => {
  const common = '/var/lib/mesure';
  if (
    isRoot() &&
    (await mkdir(common, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    )) &&
    (await isOpenToOthers(common))
  ) {
    return common;
  }
  return folder;
};

const run = async (
  options: EmbeddedPostgresOptions,
  folder: string,
  lock: FolderLock,
): Promise<EmbeddedPostgres> => {
  const { log } = options;
  const binaries: Binaries = await findBinaries(await cacheFolder(folder));
  const user = await engineUser(folder);
  const settings: PostmasterOptions = {
    binaries,
    folder,
    user,
    settings: { jit: 'off', ...options.settings },
  };
  const before = await readPidFile(join(folder, 'data'));
  let postmaster = await adopt(folder);
  const { adopted } = postmaster ?? { adopted: false };
  if (postmaster === undefined) {
    await removeDeadSocketFolder(before?.socketFolder ?? '');
    await ensureCluster({ binaries, folder, user });
    const socketFolder = await makeSocketFolder(user);
    postmaster = await start(settings, socketFolder).catch(async (error: unknown) => {
      await rm(socketFolder, { recursive: true, force: true });
      throw error;
    });
  }
  const { socketFolder } = postmaster;
  const adminUrl = socketUrl(socketFolder, SUPERUSER, 'postgres');
  log?.info({ pid: postmaster.pid, adopted, folder }, 'PostgreSQL is running');

  const stopping = new AbortController();
  const supervise = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      await (postmaster as Postmaster).exited;
      if (stopping.signal.aborted) return;
      log?.error({ failures }, 'PostgreSQL ended by itself: starting it again');
      try {
        postmaster = await start(settings, socketFolder);
        failures = 0;
      } catch (error) {
        failures += 1;
        log?.error({ err: error, failures }, 'PostgreSQL does not start');
        await delay(Math.min(30_000, 500 * 2 ** failures), undefined, stopping).catch(() => undefined);
      }
    }
  };

  try {
    await prepareRoles(adminUrl);
  } catch (error) {
    await stop(postmaster.pid);
    throw error;
  }
  const supervision = supervise();

  return {
    appUrl: socketUrl(socketFolder, APP, DATABASE),
    ownerUrl: socketUrl(socketFolder, OWNER, DATABASE),
    adminUrl,
    appRole: APP,
    folder,
    pid: () => (postmaster as Postmaster).pid,
    adopted,
    stop: async () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      (postmaster as Postmaster).waitFor();
      await stop((postmaster as Postmaster).pid);
      await supervision;
      await rm(socketFolder, { recursive: true, force: true });
      lock.release();
    },
  };
};
