import type { Tx } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import { hashAddress } from './address.ts';
import type { Channel } from './consent.ts';
import {
  deleteSuppressions,
  insertSuppressions,
  newestSuppressions,
  type SuppressionPage,
  type SuppressionReason,
  type SuppressionRow,
  suppressedHashes,
} from './suppression-store.ts';

export interface NewSuppression {
  readonly channel: Channel;
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly at: Date;
}

export interface Suppression {
  /** Answers how many were new. */
  readonly add: (tx: Tx, suppressions: readonly NewSuppression[]) => Promise<number>;
  /** The addresses, spelled as given, that must not be written to. */
  readonly suppressed: (tx: Tx, channel: Channel, addresses: readonly string[]) => Promise<Set<string>>;
  /** Only what the person did themselves can be undone by them; a bounce or complaint stays. */
  readonly undoUnsubscribedAll: (tx: Tx, channel: Channel, address: string) => Promise<boolean>;
  readonly newest: (tx: Tx, page: SuppressionPage) => Promise<SuppressionRow[]>;
}

export const createSuppression = (deps: { readonly secrets: Pick<Secrets, 'key'> }): Suppression => {
  const secret = deps.secrets.key('suppression');
  const hash = (tx: Tx, address: string): string => hashAddress(secret, tx.workspaceId ?? '', address);
  return {
    add: async (tx, suppressions) =>
      suppressions.length === 0
        ? 0
        : insertSuppressions(
            tx,
            suppressions.map(({ address, ...rest }) => ({ ...rest, hash: hash(tx, address) })),
          ),
    suppressed: async (tx, channel, addresses) => {
      const hashes = new Map(addresses.map((address) => [address, hash(tx, address)]));
      const found = await suppressedHashes(tx, channel, [...hashes.values()]);
      return new Set(addresses.filter((address) => found.has(hashes.get(address) ?? '')));
    },
    undoUnsubscribedAll: async (tx, channel, address) =>
      (await deleteSuppressions(tx, channel, { hashes: [hash(tx, address)], reason: 'unsubscribed_all' })) >
      0,
    newest: newestSuppressions,
  };
};
