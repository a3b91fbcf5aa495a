import { type Client, createClient } from '@mesure/contract/client';
import { readConfig } from '@mesure/server/config';
import { readLocalAddress } from '@mesure/server/local';

export interface ConnectionOptions {
  /** Address of a server elsewhere; the one running here when absent. */
  readonly url?: string;
  readonly token?: string;
}

export class NotConnected extends Error {}

/** The running server: told by options, or found through the 0600 file that it writes into its data folder. */
export const connect = (options: ConnectionOptions): Client => {
  if (options.url && options.token) return createClient({ baseUrl: options.url, token: options.token });
  const read = readConfig();
  if (!read.ok) throw new NotConnected(read.problems.join('\n'));
  const local = readLocalAddress(read.config.dataFolder);
  if (!local) {
    throw new NotConnected(
      `No server is running on ${read.config.dataFolder}. Start it with \`npm start\` (or \`npm run demo\`) in another terminal, ` +
        'or name one elsewhere with --url and --token.',
    );
  }
  return createClient({ baseUrl: options.url ?? local.url, token: options.token ?? local.token });
};
