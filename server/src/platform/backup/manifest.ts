import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appError } from '#platform/errors';

const file = z.object({
  file: z.string().regex(/^(postgres|clickhouse)\/[\w.-]+$/),
  sha256: z.string(),
  bytes: z.number(),
  rows: z.number(),
});
const migration = z.object({ number: z.number(), name: z.string(), sha256: z.string() });

const schema = z.object({
  format: z.literal(1),
  id: z.string(),
  createdAt: z.iso.datetime(),
  postgres: z.object({
    version: z.string(),
    migrations: z.array(migration),
    tables: z.array(file.extend({ schema: z.string(), name: z.string(), columns: z.array(z.string()) })),
    sequences: z.array(z.object({ schema: z.string(), name: z.string(), lastValue: z.string().nullable() })),
  }),
  clickhouse: z.object({
    version: z.string(),
    migrations: z.array(migration),
    tables: z.array(file.extend({ name: z.string() })),
  }),
  /** Whether the root secret is in the backup: without it links already sent and suppressions are void. */
  secret: z.boolean(),
});

/** What is in a backup. Written last: a folder without it is not a backup. */
export type Manifest = z.infer<typeof schema>;
export type PostgresTableFile = Manifest['postgres']['tables'][number];
export type ClickHouseTableFile = Manifest['clickhouse']['tables'][number];

export const MANIFEST = 'manifest.json';
export const SECRET = 'secret';

export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw appError('unprocessable', {
      message: `${folder} is not a whole backup: ${MANIFEST} is missing. A backup that was interrupted has none; take another one.`,
      details: { reason: 'no_manifest' },
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw appError('unprocessable', {
    message: `${join(folder, MANIFEST)} cannot be read by this version of Mesure. It is damaged, or from a newer version.`,
    details: {
      reason: 'bad_manifest',
      issues: parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`),
    },
  });
};
