import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { type Launched, launch } from './launched.ts';

export interface OpenServer {
  readonly server: Launched;
  readonly client: Client;
  readonly stop: () => Promise<void>;
}

const TOKEN = /one-time token: (\S+)/;
const LISTENS = /listens on/;

/** Starts a server on a folder. `fresh`: an empty one, whose first account is made. */
export const openServer = async (
  folder: string,
  { port, fresh }: { readonly port: number; readonly fresh: boolean },
): Promise<OpenServer> => {
  const baseUrl = `http://127.0.0.1:${port}`;
  const server = launch('server/src/main.ts', [], {
    MESURE_DATA_FOLDER: folder,
    MESURE_PORT: String(port),
    MESURE_LOG_LEVEL: 'error',
  });
  while (!(fresh ? TOKEN : LISTENS).test(server.output())) {
    if (server.process.exitCode !== null)
      throw new Error(`The server ended with ${server.process.exitCode}.`);
    await wait(20);
  }
  if (fresh)
    await createClient({ baseUrl }).call(accessRoutes.setUp, {
      body: {
        token: TOKEN.exec(server.output())?.[1] ?? '',
        workspace: { name: 'Bench', timeZone: 'Europe/Paris', currency: 'EUR', language: 'en' },
        account: { email: 'bench@example.test', name: 'Bench', password: 'a password for one minute' },
      },
    });
  return {
    server,
    client: createClient({ baseUrl, token: readFileSync(join(folder, 'local-token'), 'utf8').trim() }),
    stop: async () => {
      server.process.kill('SIGTERM');
      await server.ended;
    },
  };
};
