import { createHash } from 'node:crypto';
import type { ChainVerdict } from './audit.ts';
import { canonicalJson, type Json } from './canonical.ts';

export interface AuditEntry {
  readonly workspaceId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actor: {
    readonly kind: 'account' | 'token' | 'system';
    readonly id: string;
    readonly name: string;
  };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before: Json;
  readonly after: Json;
}

export interface ChainedEntry extends AuditEntry {
  readonly hash: Buffer;
}

/** The end of a chain: how many entries there are and the last one's hash. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** What the first entry of every chain follows. */
export const emptyChain: ChainHead = { sequence: 0, hash: Buffer.alloc(32) };

/** SHA-256 of the previous hash and the entry's canonical JSON, workspace and place included. */
export const entryHash = (previous: Buffer, entry: AuditEntry): Buffer =>
  createHash('sha256')
    .update(previous)
    .update(
      canonicalJson({
        workspaceId: entry.workspaceId,
        sequence: entry.sequence,
        at: entry.at.toISOString(),
        actor: { kind: entry.actor.kind, id: entry.actor.id, name: entry.actor.name },
        action: entry.action,
        subject: { kind: entry.subject.kind, id: entry.subject.id },
        before: entry.before,
        after: entry.after,
      }),
    )
    .digest();

type Flaw = Extract<ChainVerdict, { intact: false }>;

const flaw = (firstBad: number, reason: Flaw['reason'], message: string): Flaw => ({
  intact: false,
  firstBad,
  reason,
  message,
});

/**
 * Follows a chain from where it stands through the next entries.
 * Returns the new end, or the first entry that does not fit.
 */
export const followChain = (from: ChainHead, entries: readonly ChainedEntry[]): ChainHead | Flaw => {
  let end = from;
  for (const entry of entries) {
    const expected = end.sequence + 1;
    if (entry.sequence !== expected) {
      return flaw(
        expected,
        'missing',
        `Entry ${expected} is missing: entry ${entry.sequence} follows ${end.sequence}.`,
      );
    }
    if (!entryHash(end.hash, entry).equals(entry.hash)) {
      return flaw(
        expected,
        'changed',
        `Entry ${expected} is not what was written, or the one before it was replaced.`,
      );
    }
    end = { sequence: entry.sequence, hash: entry.hash };
  }
  return end;
};

/** Whether a chain that was followed to its end stops where its head says. */
export const closeChain = (end: ChainHead, head: ChainHead): ChainVerdict => {
  if (end.sequence < head.sequence) {
    return flaw(
      end.sequence + 1,
      'cut_off',
      `The chain ends at entry ${end.sequence}, but ${head.sequence} entries were written.`,
    );
  }
  if (end.sequence > head.sequence) {
    return flaw(
      head.sequence + 1,
      'unexpected',
      `Entry ${head.sequence + 1} was added by something other than this program.`,
    );
  }
  if (!end.hash.equals(head.hash)) {
    return flaw(end.sequence, 'changed', `Entry ${end.sequence} is not the one that was written last.`);
  }
  return { intact: true, entries: end.sequence, lastHash: end.hash.toString('hex') };
};
