import { join } from 'node:path';
import { type Client, createClient } from '@mesure/contract/client';
import { readConfig } from '@mesure/server/config';
import { readLocalAddress } from '@mesure/server/local';

export interface ConnectionOptions {
  /** Address of a server elsewhere; the one running here when absent. */
  readonly url?: string;
  readonly token?: string;
}

export class NotConnected extends Error {}

export const localUrl = (options: ConnectionOptions): string => {
  if (options.url) return options.url;
  const read = readConfig();
  if (!read.ok) throw new NotConnected(read.problems.join('\n'));
  return runningHere(read.config.dataFolder).url;
};

const runningHere = (dataFolder: string) => {
  // The demo keeps to a folder of its own below the data folder.
  const local = readLocalAddress(dataFolder) ?? readLocalAddress(join(dataFolder, 'demo'));
  if (local) return local;
  throw new NotConnected(
    `No server is running on ${dataFolder}. Start it with \`npm start\` (or \`npm run demo\`) in another terminal, ` +
      'or name one elsewhere with --url and --token.',
  );
};

/** The running server: told by options, or found through the 0600 file that it writes into its data folder. */
export const connect = (options: ConnectionOptions): Client => {
  if (options.url && options.token) return createClient({ baseUrl: options.url, token: options.token });
  const read = readConfig();
  if (!read.ok) throw new NotConnected(read.problems.join('\n'));
  const local = runningHere(read.config.dataFolder);
  return createClient({ baseUrl: options.url ?? local.url, token: options.token ?? local.token });
};
