import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** One statement as the role that owns the tables, in the built-in PostgreSQL of a running server: what a newer version would do. */
export const asOwner = async (folder: string, sql: string): Promise<void> => {
  const [, , , port, sockets] = readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split(
    '\n',
  );
  const client = new pg.Client({
    host: sockets ?? '',
    port: Number(port),
    user: 'mesure_owner',
    database: 'mesure',
  });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};
