import type { Tx } from '#platform/postgres';
import { channel, type Notice, writeNotice } from './notice.ts';

/** Every process that listens hears it when the transaction commits. */
export const announce = async (tx: Tx, notice: Notice): Promise<void> => {
  await tx.run('select pg_notify($1, $2)', [channel, writeNotice(notice)]);
};
