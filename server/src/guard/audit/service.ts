import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Database, Tx } from '#platform/postgres';
import type { AuditChange, AuditDoor, ChainVerdict } from './audit.ts';
import { recordable } from './canonical.ts';
import {
  type AuditEntry,
  type ChainedEntry,
  type ChainHead,
  closeChain,
  emptyChain,
  entryHash,
  followChain,
} from './chain.ts';
import {
  type AuditFilter,
  type AuditVocabulary,
  entriesAfter,
  listEntries,
  readHead,
  readVocabulary,
} from './read.ts';
import { appendEntry, lockHead } from './store.ts';

const entriesPerRead = 1_000;

export interface AuditDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Tells open screens, once the change commits, that there was one. */
  readonly publish?: (tx: Tx, subject: AuditChange['subject']) => Promise<void>;
}

export interface Audit extends AuditDoor {
  readonly list: (workspaceId: string, filter: AuditFilter) => Promise<readonly ChainedEntry[]>;
  readonly vocabulary: (workspaceId: string) => Promise<AuditVocabulary>;
  /** `verifyChain` on one snapshot of the workspace. */
  readonly verify: (workspaceId: string) => Promise<ChainVerdict>;
}

const verifyChain = async (tx: Tx): Promise<ChainVerdict> => {
  const head = await readHead(tx);
  let end: ChainHead = emptyChain;
  for (;;) {
    const entries = await entriesAfter(tx, end.sequence, entriesPerRead);
    const followed = followChain(end, entries);
    if ('intact' in followed) return followed;
    end = followed;
    if (entries.length < entriesPerRead) return closeChain(end, head);
  }
};

export const createAudit = ({ database, clock, publish }: AuditDeps): Audit => {
  const record = async (tx: Tx, change: AuditChange): Promise<void> => {
    if (tx.workspaceId === null) {
      throw appError('internal', {
        message: `${change.action} was recorded outside a workspace's transaction.`,
      });
    }
    await publish?.(tx, change.subject);
    const head = await lockHead(tx);
    const entry: AuditEntry = {
      workspaceId: tx.workspaceId,
      sequence: head.sequence + 1,
      at: clock.now(),
      actor: { kind: change.actor.kind, id: change.actor.id, name: change.actor.name },
      action: change.action,
      subject: change.subject,
      before: recordable(change.before),
      after: recordable(change.after),
    };
    await appendEntry(tx, { ...entry, hash: entryHash(head.hash, entry) });
  };

  return {
    record,
    verifyChain,
    vocabulary: (workspaceId) => database.inWorkspace(workspaceId, readVocabulary, { readOnly: true }),
    list: (workspaceId, filter) => database.inWorkspace(workspaceId, (tx) => listEntries(tx, filter)),
    // One snapshot, so that an entry written meanwhile is not mistaken for a foreign one.
    verify: (workspaceId) =>
      database.inWorkspace(workspaceId, verifyChain, { isolation: 'repeatable read', readOnly: true }),
  };
};
