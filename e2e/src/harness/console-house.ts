import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './data-folder.ts';
import { runProgram } from './server-process.ts';
import { until } from './until.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface ConsoleHouse {
  readonly url: string;
  readonly marketer: Credentials;
  readonly approver: Credentials;
  readonly close: () => Promise<void>;
}

/** As the launcher does before `npm run demo` and `npm start`; a few milliseconds when nothing changed. */
export const buildConsole = (): void => {
  const built = spawnSync(process.execPath, [join(project, 'console/scripts/build.ts')], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The console could not be built:\n${built.stdout}${built.stderr}`);
};

const personIn = (printed: string, role: string): Credentials => {
  const [, email = '', password = ''] = new RegExp(`${role}\\s+(\\S+)\\s+(\\S+)`).exec(printed) ?? [];
  return { email, password };
};

/** `npm run demo` on a small shop, with the console, after its first campaign. */
export const openConsoleHouse = async (customers = 300): Promise<ConsoleHouse> => {
  buildConsole();
  const { path, remove } = temporaryFolder();
  const program = runProgram(
    'sample/src/demo/main.ts',
    { folder: path, variables: { MESURE_CATCHER_PORT: '0' } },
    ['--customers', String(customers)],
  );
  const printed = await until(
    'the demo has played its week',
    () => {
      if (!program.isRunning()) throw new Error(`The demo ended:\n${program.output()}`);
      return /Approver\s+\S+\s+\S+/.test(program.output()) && program.output();
    },
    { withinMs: 110_000 },
  );
  return {
    url: /Open\s+(http\S+)/.exec(printed)?.[1] ?? '',
    marketer: personIn(printed, 'Marketer'),
    approver: personIn(printed, 'Approver'),
    close: async () => {
      await program.kill('SIGINT');
      remove();
    },
  };
};
