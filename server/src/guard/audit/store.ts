import type { Tx } from '#platform/postgres';
import { type ChainedEntry, type ChainHead, emptyChain } from './chain.ts';

/** The end of the chain, locked until the caller's transaction ends: two writers can never follow the same entry. */
export const lockHead = async (tx: Tx): Promise<ChainHead> => {
  await tx.run(
    `insert into audit_head (workspace_id, sequence, hash) values (app_workspace(), 0, $1)
     on conflict (workspace_id) do nothing`,
    [emptyChain.hash],
  );
  return tx.one<ChainHead>(
    'select sequence, hash from audit_head where workspace_id = app_workspace() for update',
  );
};

export const appendEntry = async (tx: Tx, entry: ChainedEntry): Promise<void> => {
  await tx.run(
    `insert into audit_entry (workspace_id, sequence, at, actor_kind, actor_id, actor_name, action,
                              subject_kind, subject_id, before, after, hash)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      entry.sequence,
      entry.at,
      entry.actor.kind,
      entry.actor.id,
      entry.actor.name,
      entry.action,
      entry.subject.kind,
      entry.subject.id,
      JSON.stringify(entry.before),
      JSON.stringify(entry.after),
      entry.hash,
    ],
  );
  await tx.run('update audit_head set sequence = $1, hash = $2 where workspace_id = app_workspace()', [
    entry.sequence,
    entry.hash,
  ]);
};
