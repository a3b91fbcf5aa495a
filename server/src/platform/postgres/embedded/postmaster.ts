import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { monotonicMs } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Binaries } from './binaries.ts';
import { isAlive } from './folder-lock.ts';
import { engineEnvironment, SUPERUSER } from './initialise.ts';
import type { EngineUser } from './reach.ts';

/** A running server: our child, or one that survived its parent. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly adopted: boolean;
  readonly exited: Promise<void>;
  /** From now on this process waits for `exited`, even with nothing else to do. */
  readonly waitFor: () => void;
}

export interface PostmasterOptions {
  readonly binaries: Binaries;
  readonly folder: string;
  readonly user: EngineUser | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

const PORT = '5432';
const READY_MS = 60_000;
const ADOPT_MS = 10_000;
const LOG_BYTES = 10_000_000;

/** Terse and without statements: DETAIL lines and parameters would carry addresses into the log file. */
const QUIET = {
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export const socketUrl = (socketFolder: string, role: string, database: string): string =>
  `postgresql://${role}@localhost:${PORT}/${database}?host=${encodeURIComponent(socketFolder)}`;

const answers = async (socketFolder: string): Promise<string> => {
  const client = new pg.Client({
    connectionString: socketUrl(socketFolder, SUPERUSER, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory ?? '';
  } finally {
    await client.end();
  }
};

interface PidFile {
  readonly pid: number;
  readonly dataFolder: string;
  readonly socketFolder: string;
}

/** postmaster.pid, one value a line: pid, data folder, start, port, socket folder, address, memory key, status. */
export const readPidFile = async (data: string): Promise<PidFile | undefined> => {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0
    ? { pid, dataFolder: lines[1] ?? '', socketFolder: lines[4] ?? '' }
    : undefined;
};

const commandLine = async (pid: number): Promise<string> => {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return stdout;
  }
};

const whenGone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await delay(250);
};

/** The server that still runs on this folder, once it is sure to be that one; one that does not answer is stopped. */
export const adopt = async (folder: string): Promise<Postmaster | undefined> => {
  const data = join(folder, 'data');
  const file = await readPidFile(data);
  if (file === undefined || !isAlive(file.pid)) return undefined;
  if (!(await commandLine(file.pid)).includes(data)) return undefined;
  const deadline = monotonicMs() + ADOPT_MS;
  while (monotonicMs() < deadline && isAlive(file.pid)) {
    try {
      if ((await answers(file.socketFolder)) === data) {
        return {
          pid: file.pid,
          socketFolder: file.socketFolder,
          adopted: true,
          exited: whenGone(file.pid),
          waitFor: () => undefined,
        };
      }
      break;
    } catch {
      await delay(50);
    }
  }
  await stop(file.pid);
  return undefined;
};

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one, which recovers from its log at the next start. */
export const stop = async (pid: number): Promise<void> => {
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = monotonicMs() + waitMs;
    while (isAlive(pid) && monotonicMs() < deadline) await delay(5);
  }
};

const lastWords = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-5).join('\n');
};

const limitLog = async (path: string): Promise<void> => {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_BYTES) await truncate(path);
};

const launch = async (options: PostmasterOptions, socketFolder: string): Promise<Postmaster | string> => {
  const { binaries, folder, user } = options;
  const logPath = join(folder, 'postgres.log');
  await limitLog(logPath);
  const settings = {
    ...QUIET,
    ...options.settings,
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    port: PORT,
  };
  const args = [
    '-D',
    join(folder, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = openSync(logPath, 'a', 0o600);
  // Detached: Ctrl-C reaches us, and we stop the engine after what still needs it.
  const child = spawn(binaries.postgres, args, {
    ...user,
    cwd: '/',
    env: engineEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
  child.unref();
  if (child.pid === undefined) return failed;
  const deadline = monotonicMs() + READY_MS;
  while (child.exitCode === null && child.signalCode === null && monotonicMs() < deadline) {
    try {
      await answers(socketFolder);
      return { pid: child.pid, socketFolder, adopted: false, exited, waitFor: () => child.ref() };
    } catch {
      await delay(10);
    }
  }
  await stop(child.pid);
  return lastWords(logPath);
};

const STALE_PID = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/;

/** Starts a server; while what a killed one left behind is still going away, tries again. */
export const start = async (options: PostmasterOptions, socketFolder: string): Promise<Postmaster> => {
  for (let attempt = 1; ; attempt += 1) {
    const started = await launch(options, socketFolder);
    if (typeof started !== 'string') return started;
    if (attempt >= 40 || !STALE_PID.test(started)) {
      throw appError('unavailable', {
        message: `PostgreSQL did not start in ${options.folder}. Its last words (postgres.log): ${started}`,
        details: { reason: 'postgres_did_not_start' },
      });
    }
    await forgetDeadPid(join(options.folder, 'data'));
    await delay(250);
  }
};

/** PostgreSQL trusts a pid file whose number now belongs to any process of its user; we know better by the command line. */
const forgetDeadPid = async (data: string): Promise<void> => {
  const file = await readPidFile(data);
  if (file !== undefined && (!isAlive(file.pid) || !(await commandLine(file.pid)).includes(data))) {
    await unlink(join(data, 'postmaster.pid')).catch(() => undefined);
  }
};
