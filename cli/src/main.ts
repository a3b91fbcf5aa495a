import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ApiError } from '@mesure/contract/client';
import { Command } from 'commander';
import { engageBrake, releaseSends, showBrakes } from './commands/brake.ts';
import { callOperation } from './commands/call.ts';
import { listCampaigns, reportCampaign } from './commands/campaigns.ts';
import { importOrders, undoImport } from './commands/import-orders.ts';
import { signIn, signOut } from './commands/session.ts';
import { setUp } from './commands/set-up.ts';
import { type ConnectionOptions, connect, localUrl, NotConnected } from './connection.ts';
import { operations } from './operations.ts';
import { createTerminal, table } from './terminal.ts';
import { WrongInput } from './wrong-input.ts';

const terminal = createTerminal();
const program = new Command('mesure')
  .description('Everything that the server can do, from a terminal.')
  .option('--url <url>', 'a server elsewhere; the one running here when absent')
  .option('--token <token>', 'an API token of that server')
  .showHelpAfterError();

const client = () => connect(program.opts<ConnectionOptions>());
const succeed = (ok: boolean): void => {
  if (!ok) process.exitCode = 1;
};

const imports = program.command('import').description('orders in, with a quality report and an undo');
imports
  .command('orders <files...>')
  .description('import .csv or .csv.gz files of orders')
  .option('--mapping <file>', 'JSON: only what differs from the guess')
  .option('--dry-run', 'read everything, write nothing')
  .option('--json', 'the whole result as JSON')
  .action(async (files: string[], options: { mapping?: string; dryRun?: boolean; json?: boolean }) =>
    succeed(await importOrders(client(), terminal, { files, options })),
  );
imports
  .command('undo <id>')
  .description('take an import back as a whole')
  .action(async (id: string) => succeed(await undoImport(client(), terminal, id)));

program
  .command('campaigns')
  .description('campaigns, newest first')
  .action(() => listCampaigns(client(), terminal));
program
  .command('report <campaign>')
  .description('what a campaign changed, against the people held out')
  .option('--csv', 'one line per arm')
  .option('--json', 'everything')
  .option('--language <language>', 'en or fr', 'en')
  .action((id: string, options: { csv?: boolean; json?: boolean; language: string }) =>
    reportCampaign(client(), terminal, { ...options, id, language: options.language === 'fr' ? 'fr' : 'en' }),
  );

const brake = program
  .command('brake')
  .description('the switch that stops sends')
  .action(() => showBrakes(client(), terminal));
brake
  .command('engage')
  .requiredOption('--reason <reason>', 'shown to everybody')
  .option('--campaign <id>', 'only this campaign')
  .action((options: { reason: string; campaign?: string }) => engageBrake(client(), terminal, options));

program
  .command('sends')
  .command('release')
  .description('after a restore: let sends leave again')
  .requiredOption('--comment <comment>', 'what was checked')
  .action((options: { comment: string }) => releaseSends(client(), terminal, options.comment));

program
  .command('setup')
  .description('create the first account')
  .action(() => setUp(terminal, localUrl(program.opts<ConnectionOptions>())));

program
  .command('sign-in <email>')
  .description('act as yourself from now on: people approve, machines do not')
  .action((email: string) => signIn(terminal, localUrl(program.opts<ConnectionOptions>()), email));
program
  .command('sign-out')
  .description('end that session')
  .action(() => signOut(terminal, localUrl(program.opts<ConnectionOptions>())));

program
  .command('operations')
  .description('every operation of the API')
  .action(() =>
    terminal.print(
      table([...operations].map(([name, route]) => [name, route.method, route.path, route.summary])),
    ),
  );
program
  .command('call <operation> [parameters...]')
  .description('call one: mesure call getCampaign id=…')
  .option('--body <json>', 'the body')
  .action((operation: string, parameters: string[], options: { body?: string }) =>
    callOperation(client(), terminal, {
      operation,
      operations,
      parameters,
      body: options.body,
    }),
  );

for (const [name, description] of [
  ['doctor', 'what is wrong, and what to do'],
  ['config', 'every setting, its value and what it is for'],
  ['backup', 'backup FOLDER: both stores and the secret, as of one moment'],
  ['restore', 'restore FOLDER: into an empty system'],
] as const) {
  program
    .command(`${name} [folder]`)
    .description(description)
    .action((folder?: string) => {
      // Commands of the server: the command line never opens a store.
      const server = fileURLToPath(import.meta.resolve('@mesure/server/main'));
      const { status } = spawnSync(
        process.execPath,
        [server, name, ...(folder === undefined ? [] : [folder])],
        { stdio: 'inherit' },
      );
      process.exitCode = status ?? 1;
    });
}

try {
  await program.parseAsync();
} catch (error) {
  terminal.endProgress();
  if (error instanceof ApiError) {
    const where = error.details === undefined ? '' : `\n${JSON.stringify(error.details)}`;
    process.stderr.write(
      `${error.message}${where}${error.requestId ? `\n(request ${error.requestId})` : ''}\n`,
    );
  } else if (error instanceof WrongInput || error instanceof NotConnected)
    process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = 1;
}
