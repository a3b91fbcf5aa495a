import type { LiveKind } from '@mesure/contract/live';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { announce } from './store.ts';

export interface LiveSubject {
  readonly kind: LiveKind;
  readonly id: string;
}

/** Tells every screen of the transaction's workspace, once it commits, that this changed. Twice in one transaction is once. */
export type Publish = (tx: Tx, subject: LiveSubject) => Promise<void>;

export const createPublish = (): Publish => async (tx, subject) => {
  if (tx.workspaceId === null) {
    throw appError('internal', {
      message: `A change of ${subject.kind} was published outside a workspace's transaction.`,
    });
  }
  await announce(tx, {
    workspaceId: tx.workspaceId,
    changed: { kind: subject.kind, id: subject.id.slice(0, 200) },
  });
};
