import { resolve } from 'node:path';
import { backupRoutes } from '@mesure/contract/backups';
import { createClient } from '@mesure/contract/client';
import { createBackup, type Manifest, restoreBackup } from '#platform/backup';
import { createSystemClock } from '#platform/clock';
import { createIds } from '#platform/ids';
import { createLog } from '#platform/log';
import type { Config } from './config.ts';
import { openEngines } from './engines.ts';
import { readLocalAddress } from './local-address.ts';
import { migrationsFolder, openStores, secretFileOf } from './stores.ts';

export interface BackupRequest {
  readonly config: Config;
  readonly folder: string;
  readonly say: (line: string) => void;
}

export const rowsIn = (manifest: Manifest): number =>
  [...manifest.postgres.tables, ...manifest.clickhouse.tables].reduce((sum, table) => sum + table.rows, 0);

const backUpStopped = async (config: Config, folder: string): Promise<number> => {
  const stores = await openStores(config, createLog({ level: 'error', destination: 2 }));
  try {
    const manifest = await createBackup({
      folder,
      ownerUrl: stores.ownerUrl,
      clickhouse: stores.clickhouse,
      secretFile: secretFileOf(config),
      clock: createSystemClock(),
      ids: createIds(),
    });
    return rowsIn(manifest);
  } finally {
    await stores.close();
  }
};

const backUpRunning = async (
  local: { readonly url: string; readonly token: string },
  folder: string,
): Promise<number> => {
  const client = createClient({ baseUrl: local.url, token: local.token });
  return (await client.call(backupRoutes.backUp, { body: { folder } })).rows;
};

/** A running server does the work itself, since its event store belongs to its process; otherwise the stores are opened here. */
export const backUp = async ({ config, folder, say }: BackupRequest): Promise<void> => {
  const target = resolve(folder);
  const local = readLocalAddress(config.dataFolder);
  say(local ? 'The running server writes the backup …' : 'Opening the stores and writing the backup …');
  const rows = local ? await backUpRunning(local, target) : await backUpStopped(config, target);
  say(
    `${rows.toLocaleString('en')} rows in ${target}. It holds everything that is known about customers, and the secret: keep it safe.`,
  );
};

export const restoreFrom = async ({ config, folder, say }: BackupRequest): Promise<void> => {
  const engines = await openEngines(config, createLog({ level: 'error', destination: 2 }));
  try {
    const manifest = await restoreBackup({
      folder: resolve(folder),
      ownerUrl: engines.ownerUrl,
      appRole: engines.appRole,
      clickhouse: engines.clickhouse,
      secretFile: secretFileOf(config),
      migrations: migrationsFolder,
      clock: createSystemClock(),
    });
    say(`Restored the backup of ${manifest.createdAt}: ${rowsIn(manifest).toLocaleString('en')} rows.`);
    say(
      'Sends are held: the backup does not know what was accepted after it. Compare with your relay’s log, then',
    );
    say('  npm run mesure -- sends release --comment "…"');
  } finally {
    await engines.close();
  }
};
