import type { Tx } from '#platform/postgres';
import type { Rule } from '../rule.ts';

export interface RestoreHoldPort {
  readonly standingHold: (tx: Tx) => Promise<{ readonly reason: string } | undefined>;
}

/** After a restore the ledger has forgotten recent acceptances: nothing leaves until a person releases it. */
export const createRestoreHold = (port: RestoreHoldPort): Rule => ({
  name: 'restore_hold',
  moments: ['claim', 'attempt'],
  gate: async ({ tx }) => ((await port.standingHold(tx)) ? 'restore_hold' : null),
});
