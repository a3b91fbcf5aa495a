import { createHash } from 'node:crypto';
import type { LegalEntity } from '#guard/consent';
import type { SenderIdentity } from './identity.ts';

/** Everything that a recipient sees of who writes, in one word: SHA-256, null fields included, in a fixed order. */
export const seenAsOf = (entity: LegalEntity, identity: SenderIdentity | undefined): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        identity?.fromName ?? null,
        identity?.fromAddress ?? null,
        identity?.replyTo ?? null,
        entity.name,
        entity.address,
        entity.contactEmail,
        entity.privacyUrl,
      ]),
    )
    .digest('hex');
