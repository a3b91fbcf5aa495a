import { resolve } from 'node:path';
import { errorTable } from '@mesure/contract';
import { describe, expect, it } from 'vitest';
import { errors } from './en/errors.ts';
import { everyNode, literalOf, type Node, readSources } from './sources.fixture.ts';

const server = readSources(resolve(import.meta.dirname, '../../../server/src')).filter(
  ({ name }) => !/-for-tests\.ts$|\.suite\.ts$|^(testing|architecture)\//.test(name),
);

const propertyOf = (node: unknown, wanted: string): Node | undefined =>
  ((node as Node | undefined)?.['properties'] as readonly Node[] | undefined)?.find(
    (one) => ((one['key'] ?? {}) as { readonly name?: string }).name === wanted,
  )?.['value'] as Node | undefined;

/** Reasons that stand in `appError(…, { details: { reason: '…' } })`, either branch of a choice included. */
const reasons = new Map<string, string>();
for (const source of server) {
  if (!source.text.includes('appError(')) continue;
  everyNode(source, (node) => {
    if (node.type !== 'CallExpression' || (node['callee'] as { readonly name?: string }).name !== 'appError')
      return;
    const given = (node['arguments'] as readonly Node[])[1];
    const reason = propertyOf(propertyOf(given, 'details'), 'reason');
    for (const one of [reason, reason?.['consequent'], reason?.['alternate']]) {
      const literal = literalOf(one);
      if (literal !== null) reasons.set(literal, source.name);
    }
  });
}

/** Said on the terminal of whoever runs the server, or to a program: nobody meets them in the console. */
const elsewhere = new Set([
  'bad_manifest',
  'broken_database_url',
  'damaged_file',
  'event_store',
  'event_unstorable',
  'folder_in_use',
  'folder_not_empty',
  'initdb_failed',
  'migration_failed',
  'missing_file',
  'no_binaries',
  'no_manifest',
  'not_durable',
  'not_empty',
  'old_postgres',
  'other_major',
  'other_schema',
  'other_version',
  'port_taken',
  'postgres_did_not_start',
  'role_bypasses_rls',
  'row_count',
  'running',
  'secret_exists',
]);

describe('the words of errors', () => {
  it('are there for every code of the API', () => {
    expect(Object.keys(errors.codes).toSorted()).toEqual(Object.keys(errorTable).toSorted());
  });

  it('are there for every reason that somebody can meet here', () => {
    const without = [...reasons].filter(([reason]) => !(reason in errors.reasons) && !elsewhere.has(reason));
    expect(without).toEqual([]);
  });

  it('are not kept for reasons that nobody gives any more', () => {
    const texts = server.map(({ text }) => text).join('\n');
    const gone = [...Object.keys(errors.reasons), ...elsewhere].filter(
      (reason) => !new RegExp(`\\b${reason}\\b`).test(texts),
    );
    expect(gone).toEqual([]);
  });
});
