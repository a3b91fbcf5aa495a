import type { dkimKeySchema, senderIdentitySchema } from '@mesure/contract/sender';
import type { z } from 'zod';

export type SigningKey = z.output<typeof dkimKeySchema>;

interface Sender {
  readonly identities: readonly z.output<typeof senderIdentitySchema>[];
  readonly dkimKeys: readonly SigningKey[];
}

export interface DomainKeys {
  readonly domain: string;
  readonly keys: readonly SigningKey[];
  /** Somebody writes from this domain. */
  readonly writesFrom: boolean;
}

/** Every domain that we write from or have a key for, those that we write from first. */
export const domainsOf = ({ identities, dkimKeys }: Sender): readonly DomainKeys[] => {
  const used = new Set(
    identities.map(({ fromAddress }) => fromAddress.split('@').at(-1)?.toLowerCase() ?? ''),
  );
  used.delete('');
  const all = [...used, ...dkimKeys.map(({ domain }) => domain)];
  return [...new Set(all)].map((domain) => ({
    domain,
    keys: dkimKeys.filter((key) => key.domain === domain),
    writesFrom: used.has(domain),
  }));
};
