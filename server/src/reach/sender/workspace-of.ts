import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';

/** Sealed values are bound to the workspace of the transaction that reads them. */
export const workspaceOf = (tx: Tx): string => {
  if (tx.workspaceId === null)
    throw appError('internal', { cause: new Error('needs a workspace transaction') });
  return tx.workspaceId;
};
