import { appError } from '#platform/errors';
import type { Database } from './database.ts';

const REQUIRED = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;
const OLDEST = 150_000;

/** For the health check: rejects while the server does not answer. */
export const checkAnswers = async (database: Database): Promise<void> => {
  await database.inSystem((tx) => tx.run('select 1'));
};

/** Refuses a server that may forget what it acknowledged: a send that is forgotten is a send that goes out twice. */
export const checkDurability = async (database: Database): Promise<void> => {
  const off = await database.inSystem((tx) =>
    tx.rows<{ name: string }>(
      "select name from pg_settings where name = any($1) and setting = 'off' order by name",
      [[...REQUIRED]],
    ),
  );
  if (off.length === 0) return;
  const names = off.map(({ name }) => name).join(', ');
  throw appError('unavailable', {
    message: `This PostgreSQL runs with ${names} off: after a power cut it may have lost what it confirmed, and messages could go out twice. Set ${off.map(({ name }) => `${name} = on`).join(', ')} in postgresql.conf (or ALTER SYSTEM, ALTER ROLE, ALTER DATABASE), reload, and start again.`,
    details: { reason: 'not_durable', settings: off.map(({ name }) => name) },
  });
};

/** Refuses a server that is too old, and a role that row-level security does not hold. */
export const checkServer = async (database: Database): Promise<void> => {
  const found = await database.inSystem((tx) =>
    tx.one<{ version: number; name: string; bypasses: boolean }>(
      `select current_setting('server_version_num')::int as version, rolname as name, rolsuper or rolbypassrls as bypasses
       from pg_roles where rolname = current_user`,
    ),
  );
  if (found.version < OLDEST) {
    throw appError('unavailable', {
      message: `This PostgreSQL is version ${Math.floor(found.version / 10_000)}; Mesure needs 15 or later. Upgrade it, or leave MESURE_DATABASE_URL empty to use the built-in one.`,
      details: { reason: 'old_postgres' },
    });
  }
  if (found.bypasses) {
    throw appError('unavailable', {
      message: `The role ${found.name} of MESURE_DATABASE_URL is a superuser or has BYPASSRLS: one workspace could read another. Give the application a role of its own (create role … login nosuperuser nobypassrls) and keep this one for MESURE_DATABASE_OWNER_URL.`,
      details: { reason: 'role_bypasses_rls' },
    });
  }
};
