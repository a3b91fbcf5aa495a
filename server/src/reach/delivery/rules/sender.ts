import type { Tx } from '#platform/postgres';
import type { Rule } from '../rule.ts';

export interface SenderPort {
  /** What recipients see of this legal sender, in one word; null: there is none under this id. */
  readonly seenAs: (tx: Tx, entityId: string) => Promise<string | null>;
}

/** Names and addresses that nobody approved leave nothing (P-20): rows wait until the approved ones are back. */
export const createSender = (port: SenderPort): Rule => ({
  name: 'sender',
  moments: ['claim', 'attempt'],
  gate: async ({ tx, run }) => {
    if (run.senderHash === undefined) return null;
    return (await port.seenAs(tx, run.entityId)) === run.senderHash ? null : 'sender_changed';
  },
});
