import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, type RunningServer, startServer } from '@mesure/server';
import type { Config } from '@mesure/server/config';
import { credentialsIn } from './credentials.ts';
import { demoClockIn, demoStart } from './demo-clock.ts';
import type { DemoOptions } from './options.ts';
import { createPhases } from './progress.ts';
import { runRealOrders } from './real-orders.ts';
import { runSampleShop } from './sample-shop.ts';
import { createSampleWorld } from './sample-world.ts';
import { signIn } from './sign-in.ts';
import type { Stage } from './stage.ts';
import { printSummary } from './summary.ts';
import { createTimeMachine } from './time-machine.ts';

/** The demo keeps to a folder of its own, so that it never touches a shop's real data. */
export const demoFolderOf = (config: Config): string => join(config.dataFolder, 'demo');

/** A demo that is killed continues at most so long before its end. */
const savedEveryMs = 5_000;

const workspaceId = '00000000-0000-8000-8000-00000000d3e0';

const start = (config: Config, stage: { readonly now: Date }) => {
  const credentials = credentialsIn(config.dataFolder);
  const clock = demoClockIn(config.dataFolder, stage.now);
  const time = createTimeMachine({ clock, startedAt: stage.now });
  const server = startServer({
    config,
    log: createLog({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, destination: 2 }),
    say: () => undefined,
    demo: {
      clock,
      time,
      workspaceId,
      settings: { name: 'Maison Alba', timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' },
      accounts: [credentials.marketer, credentials.approver],
      entity: {
        name: 'Maison Alba SAS',
        address: '12 rue des Cévennes, 34000 Montpellier',
        contactEmail: 'contact@maison-alba.example',
      },
      from: { name: 'Maison Alba', address: 'bonjour@maison-alba.example' },
    },
  });
  return { credentials, clock, time, server };
};

const untilInterrupted = (): Promise<'interrupted'> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'));
  });

/** One customer's pages, from a message that they received. */
const customerPages = async ({ catcher }: RunningServer): Promise<readonly string[]> => {
  const [mail] = (await catcher?.messages(workspaceId, { limit: 1 })) ?? [];
  return ['why', 'preferences', 'u'].flatMap(
    (page) => mail?.links.find((link) => link.includes(`/p/${page}/`)) ?? [],
  );
};

const addresses = async (
  server: RunningServer,
  { credentials }: { readonly credentials: ReturnType<typeof credentialsIn> },
): Promise<string> =>
  [
    '',
    `Open        ${server.url}`,
    `API         ${server.url}/api/docs   (OpenAPI 3.1: ${server.url}/api/openapi.json)`,
    `Mails       ${server.url}/catcher`,
    ...(await customerPages(server)).map(
      (link, index) => `${index === 0 ? 'Customers  ' : '           '} ${link}`,
    ),
    `Marketer    ${credentials.marketer.email}   ${credentials.marketer.password}`,
    `Approver    ${credentials.approver.email}   ${credentials.approver.password}`,
    '',
    'Everything here is simulated: nobody receives anything. Ctrl-C stops it; the next start continues here.',
  ].join('\n');

const play = async (stage: Stage, options: DemoOptions): Promise<void> => {
  const summary =
    options.orders.length > 0
      ? await runRealOrders(stage, options.orders)
      : await runSampleShop(stage, options);
  if (summary)
    process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : `${printSummary(summary)}\n`);
};

export const runDemo = async (config: Config, options: DemoOptions): Promise<void> => {
  const interrupted = untilInterrupted();
  let saving: NodeJS.Timeout | undefined;
  const phases = createPhases();
  const { credentials, clock, time, server: starting } = start(config, { now: demoStart });
  const server = await phases.run('Starting PostgreSQL, ClickHouse and the server', () => starting);
  try {
    const stage: Stage = {
      server,
      workspaceId,
      clock,
      phases,
      team: {
        marketer: await signIn(server.url, credentials.marketer),
        approver: await signIn(server.url, credentials.approver),
      },
      seed: options.seed,
    };
    const playing = play(stage, options).then(() => 'done' as const);
    // What is still under way when the server goes ends with an error that says only that.
    playing.catch(() => undefined);
    if ((await Promise.race([playing, interrupted])) === 'done' && !options.once) {
      clock.run();
      if (options.orders.length === 0) {
        const { seed, customers } = options;
        const { dataFolder } = config;
        const { marketer } = credentials;
        time.open(createSampleWorld({ server, clock, workspaceId, dataFolder, marketer, seed, customers }));
      }
      saving = setInterval(clock.save, savedEveryMs);
      process.stdout.write(`${await addresses(server, { credentials })}\n`);
      await interrupted;
    }
    if (!options.once) process.stderr.write('Stopping …\n');
  } finally {
    clearInterval(saving);
    await time.close();
    clock.save();
    await server.stop();
  }
};

/** The loop on free ports and a folder that is gone afterwards: beside a running demo, and the same every time. */
export const runOnce = async (config: Config, options: DemoOptions): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'mesure-once-'));
  // Root's PostgreSQL runs as somebody else, who has to get through.
  chmodSync(folder, 0o711);
  try {
    await runDemo({ ...config, dataFolder: folder, port: 0, catcherPort: 0 }, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
