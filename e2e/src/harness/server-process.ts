import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  /** Everything it has printed so far, both streams. */
  readonly output: () => string;
  readonly ended: Promise<ProcessEnd>;
  readonly isRunning: () => boolean;
  readonly kill: (signal: NodeJS.Signals) => Promise<ProcessEnd>;
}

export interface ServerProcess extends Program {
  readonly url: string;
  readonly port: number;
  /** The one-time token for the first account, as printed; null when there is an account. */
  readonly setupToken: string | null;
  /** As Ctrl-C does. Killed when that takes too long, which is an error. */
  readonly stop: () => Promise<void>;
}

export interface ServerSettings {
  readonly folder: string;
  /** 0: any free one. */
  readonly port?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();
// Children do not end with this process by themselves.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One of the project's programs, on a data folder of its own, with none of this process's settings. */
export const runProgram = (
  script: string,
  { folder, port = 0, variables = {} }: ServerSettings,
  args: readonly string[] = [],
): Program => {
  const { PATH = '', HOME = '/', TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(project, script), ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      ...(TMPDIR && { TMPDIR }),
      MESURE_DATA_FOLDER: folder,
      MESURE_PORT: String(port),
      MESURE_LOG_LEVEL: 'warn',
      ...variables,
    },
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    output: () => output,
    ended,
    isRunning: () => running.has(child),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

const ready = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/api/health/ready`)).ok;
  } catch {
    return false;
  }
};

/** The real server in a process of its own, ready for requests. Throws with its output when it does not start. */
export const startServerProcess = async (settings: ServerSettings): Promise<ServerProcess> => {
  const program = runProgram('server/src/main.ts', settings);
  const url = await until('the server says where it listens', async () => {
    const found = /Mesure listens on (\S+)/.exec(program.output())?.[1];
    if (!found && !program.isRunning())
      throw new Error(`The server ended instead of starting:\n${program.output()}`);
    return found;
  });
  await until('the server is ready', () => ready(url));
  return {
    ...program,
    url,
    port: Number(new URL(url).port),
    setupToken: /one-time token: (\S+)/.exec(program.output())?.[1] ?? null,
    stop: async () => {
      if (!program.isRunning()) return;
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        void program.kill('SIGKILL');
      }, 30_000);
      await program.kill('SIGINT');
      clearTimeout(timer);
      if (late) throw new Error(`The server did not stop within 30 s:\n${program.output()}`);
    },
  };
};
