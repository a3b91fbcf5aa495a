import { readFileSync } from 'node:fs';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { createLog } from '#platform/log';
import { type Config, readConfig } from './config.ts';
import { localTokenPath } from './local-address.ts';
import { type RunningServer, startServer } from './start.ts';

/** A quiet server on a folder of the test's own, on whatever port is free. */
export const configOn = (dataFolder: string, variables: Readonly<Record<string, string>> = {}): Config => {
  const read = readConfig({
    ...variables,
    MESURE_DATA_FOLDER: dataFolder,
    MESURE_PORT: '0',
    MESURE_CATCHER_PORT: '0',
    MESURE_LOG_LEVEL: 'silent',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
};

export const startOn = (
  dataFolder: string,
  variables?: Readonly<Record<string, string>>,
): Promise<RunningServer> =>
  startServer({
    config: configOn(dataFolder, variables),
    log: createLog({ level: 'silent' }),
    say: () => undefined,
  });

/** The first account: everybody's roles in one person, as after `mesure setup`. */
export const setUpOn = async (server: RunningServer): Promise<void> => {
  await createClient({ baseUrl: server.url }).call(accessRoutes.setUp, {
    body: {
      token: server.setupToken ?? '',
      workspace: { name: 'Atelier', timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' },
      account: { email: 'mia@example.test', name: 'Mia', password: 'lampe bleue et trois canards' },
    },
  });
};

/** Whoever can read the token file of this machine, as the command line does. */
export const clientOn = (server: RunningServer, dataFolder: string): Client =>
  createClient({
    baseUrl: server.url,
    token: readFileSync(localTokenPath(dataFolder), 'utf8').trim(),
  });
