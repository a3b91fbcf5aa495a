import type { Tx } from '#platform/postgres';
import { allow, block, type Rule } from '../rule.ts';

export interface SuppressionPort {
  /** Of these addresses, as given, those that nothing may be sent to. */
  readonly suppressed: (
    tx: Tx,
    channel: 'email',
    addresses: readonly string[],
  ) => Promise<ReadonlySet<string>>;
}

/** Nobody without an address; no address that bounced, complained or left everything. */
export const createSuppression = (port: SuppressionPort): Rule => ({
  name: 'suppression',
  moments: ['claim', 'attempt'],
  judge: async ({ tx }, sends) => {
    const addresses = sends.flatMap(({ profile }) => (profile?.email ? [profile.email] : []));
    const suppressed =
      addresses.length > 0 ? await port.suppressed(tx, 'email', addresses) : new Set<string>();
    return sends.map(({ profile }) => {
      if (!profile) return block('profile_removed');
      if (!profile.email) return block('no_address');
      return suppressed.has(profile.email) ? block('suppressed') : allow;
    });
  },
});
