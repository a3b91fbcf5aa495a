import type { Tx } from '#platform/postgres';

/** Ends every lease now, as if its worker had been silent for too long. */
export const endLeases = (tx: Tx): Promise<number> =>
  tx.run(`update send_claim set lease_until = '-infinity'`);
