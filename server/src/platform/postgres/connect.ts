import pg from 'pg';
import type { Log } from '#platform/log';
import { type DatabaseAddress, explainRefusal, readAddress } from './address.ts';
import { createDatabase, type PooledDatabase } from './pool.ts';

/**
 * A PostgreSQL of the operator's own, tried once before anything relies on it.
 * @throws unavailable with a sentence that names the setting, the place and what to do, never the password.
 */
export const connectDatabase = async (
  address: DatabaseAddress,
  options: { readonly log?: Log; readonly poolSize?: number } = {},
): Promise<PooledDatabase> => {
  const { url } = readAddress(address);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw explainRefusal(address, error);
  }
  await client.end();
  return createDatabase({ url, ...options });
};
