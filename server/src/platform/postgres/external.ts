import pg from 'pg';
import { type DatabaseAddress, explainRefusal, readAddress, roleIn } from './address.ts';

export interface ExternalPostgres {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly appRole: string;
}

const tryToConnect = async (address: DatabaseAddress): Promise<void> => {
  const client = new pg.Client({ connectionString: address.url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw explainRefusal(address, error);
  }
  await client.end();
};

/**
 * A PostgreSQL of the operator's own. Without an owner URL the application's role owns the schema: row-level security
 * is forced and holds it all the same, but it could take its own append-only rights back.
 * @throws unavailable when a URL is broken or leads nowhere.
 */
export const connectExternalPostgres = async (options: {
  readonly app: DatabaseAddress;
  readonly owner?: DatabaseAddress | undefined;
}): Promise<ExternalPostgres> => {
  const app = readAddress(options.app);
  const owner = readAddress(options.owner ?? options.app);
  await tryToConnect(app);
  if (owner !== app) await tryToConnect(owner);
  return { appUrl: app.url, ownerUrl: owner.url, appRole: roleIn(app.url) };
};
