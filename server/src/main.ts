import { parseArgs } from 'node:util';
import { isAppError } from '#platform/errors';
import { createLog } from '#platform/log';
import { backUp, restoreFrom } from './backup-command.ts';
import { type Config, describeConfig, readConfig } from './config.ts';
import { examine } from './doctor.ts';
import { startServer } from './start.ts';

const usage = `Usage: npm start                      start the server
       npm run mesure -- doctor       what is wrong, and what to do
       npm run mesure -- config       every setting, its value and what it is for
       npm run mesure -- backup DIR   both stores and the secrets, as of one moment
       npm run mesure -- restore DIR  into an empty system; sends are held until a person releases them`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const configOrExit = (): Config => {
  const read = readConfig();
  if (read.ok) return read.config;
  process.stderr.write(
    `These settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}\n`,
  );
  return process.exit(2);
};

const untilStopped = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });

const serve = async (): Promise<void> => {
  const config = configOrExit();
  const server = await startServer({ config, log: createLog({ level: config.logLevel }), say: print });
  print(`Mesure listens on ${server.url} (API document: ${server.url}/api/docs)`);
  if (server.setupToken) {
    print(`There is no account yet. Create the first one with this one-time token: ${server.setupToken}`);
    print(`  ${server.url}/setup?token=${server.setupToken}`);
    print('  npm run mesure -- setup     (the same without a browser)');
  }
  await untilStopped();
  print('Stopping: letting work in progress finish …');
  await server.stop();
};

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  serve,
  config: async () => print(describeConfig()),
  doctor: async () => {
    const findings = await examine(readConfig());
    for (const { ok, what, todo } of findings)
      print(`${ok ? '✓' : '✗'} ${what}${todo ? `\n    ${todo}` : ''}`);
    process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
  },
  backup: async ([folder]) => {
    if (!folder) throw new TypeError('Name a folder that does not exist yet: mesure backup FOLDER');
    await backUp({ config: configOrExit(), folder, say: print });
  },
  restore: async ([folder]) => {
    if (!folder) throw new TypeError('Name the folder of a backup: mesure restore FOLDER');
    await restoreFrom({ config: configOrExit(), folder, say: print });
  },
};

const { positionals } = parseArgs({ allowPositionals: true, strict: false });
const [name = 'serve', ...args] = positionals;
const command = commands[name];
try {
  if (command) await command(args);
  else {
    process.stderr.write(`There is no command “${name}”.\n${usage}\n`);
    process.exitCode = 2;
  }
} catch (error) {
  const expected = isAppError(error) || error instanceof TypeError;
  process.stderr.write(
    `${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`,
  );
  process.exitCode = 1;
}
