import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalToken, type GivenAccount, type StartingSettings } from '#guard/access';
import { importJobs } from '#know/imports';
import { createRestoreHold } from '#platform/backup';
import { type Clock, createSystemClock } from '#platform/clock';
import { readConsole } from '#platform/console';
import { createHttp } from '#platform/http';
import { createIds } from '#platform/ids';
import { startWorkers } from '#platform/jobs';
import type { Log } from '#platform/log';
import { checkAnswers } from '#platform/postgres';
import { type Catcher, createCatcher } from '#reach/catcher';
import { type App, type AppDeps, createApp } from './app.ts';
import { type Config, projectFolder } from './config.ts';
import type { DemoTime } from './demo-routes.ts';
import { failpointOf } from './failpoint.ts';
import { forgetLocalAddress, localTokenPath, writeLocalAddress } from './local-address.ts';
import { createLoops } from './loops.ts';
import { bindEverything, routeTables } from './routes.ts';
import { openStores } from './stores.ts';

export type { Clock, ManualClock } from '#platform/clock';
export { createLog } from '#platform/log';
export type { Catcher, CaughtMail } from '#reach/catcher';
export type { DemoTime } from './demo-routes.ts';
export { forgetEverything } from './forget.ts';

/** What the demo brings: its own time, its workspace and accounts, and a transport that cannot leave this machine. */
export interface DemoSetting {
  readonly clock: Clock;
  readonly workspaceId: string;
  readonly settings: StartingSettings;
  readonly accounts: readonly GivenAccount[];
  readonly entity: { readonly name: string; readonly address: string; readonly contactEmail: string };
  readonly from: { readonly name: string; readonly address: string };
  /** Moves the clock, and lets the demo's customers live meanwhile. */
  readonly time: DemoTime;
}

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  /** Progress for whatever takes over a second. */
  readonly say: (line: string) => void;
  readonly demo?: DemoSetting;
}

export interface RunningServer {
  readonly url: string;
  /** The one-time token for the first account; null once there is one. */
  readonly setupToken: string | null;
  readonly catcher: Catcher | null;
  /** Looks for work now: after the demo's time was moved. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

const version = (
  JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { readonly version: string }
).version;

/** The demo's workspace as it has to be before its first campaign. Doing it twice changes nothing. */
const prepareDemo = async (
  app: App,
  { database }: AppDeps['stores'],
  demo: DemoSetting & { readonly url: string },
): Promise<void> => {
  const { workspaceId } = demo;
  await app.access.setUp.ensureAccounts({ workspaceId, settings: demo.settings, accounts: demo.accounts });
  const actor = {
    kind: 'system',
    id: 'demo',
    name: 'Demo',
    roles: ['admin'],
    workspaceId,
    personId: null,
  } as const;
  await database.inWorkspace(workspaceId, async (tx) => {
    await app.settings.save(tx, { publicUrl: demo.url }, actor);
    const entity =
      (await app.consents.entities.default(tx)) ??
      (await app.consents.entities.save(tx, { ...demo.entity, privacyUrl: null, isDefault: true }, actor));
    await app.sender.saveIdentity(
      tx,
      { entityId: entity.id, fromName: demo.from.name, fromAddress: demo.from.address, replyTo: null },
      actor,
    );
    await app.sender.pinToCatcher(tx, actor);
  });
};

/** What an earlier end left behind: half-read imports, and after a restore everything that must not be sent yet. */
const afterAnEnd = async (app: App, { database }: AppDeps['stores']): Promise<void> => {
  const restored = createRestoreHold();
  for (const workspaceId of await app.access.listWorkspaceIds()) {
    await app.imports.recover(workspaceId);
    await database.inWorkspace(workspaceId, async (tx) => {
      const held = await restored.active(tx);
      if (!held) return;
      await app.delivery.hold(
        tx,
        `restored on ${held.restoredAt.toISOString()} from the backup of ${held.backupAt.toISOString()}`,
      );
      await restored.release(tx, { by: 'the delivery hold that took its place', at: held.restoredAt });
    });
  }
};

/** Opens the stores, wires the rooms, listens, and starts the loops; the answer is ready for requests. */
export const startServer = async ({ config, log, say, demo }: StartOptions): Promise<RunningServer> => {
  const stores = await openStores(config, log);
  const undo: (() => Promise<void>)[] = [() => stores.close()];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    say(`${stores.names.postgres} and ${stores.names.clickhouse} are ready.`);
    const clock = demo?.clock ?? createSystemClock();
    let tellStored: (workspaceId: string) => void = () => undefined;
    const catcher = demo
      ? await createCatcher({
          folder: join(config.dataFolder, 'mails'),
          port: config.catcherPort,
          clock,
          log,
          onStored: (workspaceId) => tellStored(workspaceId),
        })
      : null;
    if (catcher) undo.push(() => catcher.close());
    const localToken = await createLocalToken({
      path: localTokenPath(config.dataFolder),
      random: randomBytes,
    });

    let url = `http://${config.host}:${config.port}`;
    const deps: AppDeps = {
      config,
      stores,
      log,
      clock,
      localToken,
      baseUrl: () => url,
      catcher,
      failpoint: failpointOf(config.failpoint),
    };
    const app = createApp(deps);
    undo.push(async () => {
      app.sender.close();
      await app.content.stop();
    });
    tellStored = (workspaceId) => app.live.tell(workspaceId, { kind: 'catcher', id: workspaceId });
    undo.push(() => app.live.stop());
    await app.live.start();
    const console = readConsole(join(projectFolder, 'console', 'dist'));
    const http = await createHttp({
      landing: console === null,
      log,
      ids: createIds(),
      authenticate: app.access.authenticate,
      tables: routeTables({ catcher: catcher !== null }),
      engines: [
        { name: 'postgres', check: () => checkAnswers(stores.database) },
        { name: 'clickhouse', check: () => stores.clickhouse.version() },
      ],
      registry: app.metrics.registry,
      version,
      trustedOrigins: config.origin === undefined ? [] : [config.origin],
      proxies: config.proxies,
    });
    const loops = createLoops(app, log);
    bindEverything(http, app, {
      ...deps,
      console,
      demo: demo ?? null,
      whileStill: loops.whileStill,
    });
    await afterAnEnd(app, stores);

    const listening = await http.listen({ host: config.host, port: config.port });
    url = listening.url;
    undo.push(() => http.stop(config.shutdownSeconds * 1000));
    if (demo) await prepareDemo(app, stores, { ...demo, url });

    let wake = (): void => undefined;
    if (config.role !== 'api') {
      const workers = await startWorkers({ url: stores.appUrl, handlers: importJobs(app.imports), log });
      undo.push(() => workers.stop());
      loops.start();
      undo.push(() => loops.stop());
      wake = loops.wake;
    }
    writeLocalAddress(config.dataFolder, { url, pid: process.pid });
    undo.push(async () => forgetLocalAddress(config.dataFolder));
    return { url, setupToken: (await app.access.setUp.openSetUp())?.token ?? null, catcher, wake, stop };
  } catch (error) {
    await stop().catch((cause: unknown) => log.error({ err: cause }, 'stopping after a failed start'));
    throw error;
  }
};
