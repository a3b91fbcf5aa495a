import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** An empty data folder; another user can pass through it, as PostgreSQL needs when this runs as root. */
export const temporaryDataFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mesure-bench-'));
  chmodSync(folder, 0o711);
  return folder;
};

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export interface Launched {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts one of the project's programs as a user would, through the launcher. */
export const launch = (
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Launched => {
  const child = spawn(process.execPath, [join(projectFolder, 'scripts/launch.mjs'), program, ...args], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  if (child.pid === undefined) throw new Error(`${program} could not be started.`);
  return {
    process: child,
    pid: child.pid,
    output: () => output,
    ended: new Promise((done) => child.once('close', (code) => done({ code, output }))),
  };
};

export const lastJsonLine = (output: string): Readonly<Record<string, unknown>> => {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
};
