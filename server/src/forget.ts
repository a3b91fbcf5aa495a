import { rm } from 'node:fs/promises';
import { appError } from '#platform/errors';
import { embeddedPostgresFolder } from '#platform/postgres';
import type { Config } from './config.ts';
import { readLocalAddress } from './local-address.ts';

/**
 * Removes the data folder and the built-in PostgreSQL's, wherever that had to be. Never while a server runs on it.
 * @throws conflict when one does
 */
export const forgetEverything = async (config: Config): Promise<void> => {
  const local = readLocalAddress(config.dataFolder);
  if (local) {
    throw appError('conflict', {
      message: `A server runs on ${config.dataFolder} (process ${local.pid}, ${local.url}). Stop it first, then try again.`,
      details: { reason: 'running', pid: local.pid },
    });
  }
  const postgres = await embeddedPostgresFolder(config.dataFolder);
  for (const folder of [postgres, config.dataFolder]) await rm(folder, { recursive: true, force: true });
};
