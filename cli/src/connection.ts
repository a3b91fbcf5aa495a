import { join } from 'node:path';
import { type Client, createClient } from '@mesure/contract/client';
import { readConfig } from '@mesure/server/config';
import { readLocalAddress } from '@mesure/server/local';
import { readSession } from './session-file.ts';

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

/**
 * The server told by options, or the one that runs here. As whoever signed in; with nobody signed in, as this machine's
 * own token, which the server writes into a 0600 file of its data folder.
 */
export const connect = (options: ConnectionOptions): Client => {
  if (options.url && options.token) return createClient({ baseUrl: options.url, token: options.token });
  const baseUrl = localUrl(options);
  const cookie = options.token ? undefined : readSession(baseUrl);
  if (cookie !== undefined) return createClient({ baseUrl, cookie });
  const read = readConfig();
  if (!read.ok) throw new NotConnected(read.problems.join('\n'));
  return createClient({ baseUrl, token: options.token ?? runningHere(read.config.dataFolder).token });
};
