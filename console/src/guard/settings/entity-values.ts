import type { consentRoutes } from '@mesure/contract/consent';
import type { senderRoutes } from '@mesure/contract/sender';
import type { z } from 'zod';

export type Entity = z.output<typeof consentRoutes.createEntity.response>;
export type Identity = z.output<typeof senderRoutes.saveSenderIdentity.response>;

/** A legal sender and what it writes with, as one form edits them. */
export interface EntityValues {
  readonly entity: {
    readonly name: string;
    readonly address: string;
    readonly contactEmail: string;
    readonly privacyUrl: string;
    readonly isDefault: boolean;
  };
  readonly identity: {
    readonly fromName: string;
    readonly fromAddress: string;
    readonly replyTo: string;
  };
}

export const entityValues = (entity: Entity | null, identity: Identity | null): EntityValues => ({
  entity: {
    name: entity?.name ?? '',
    address: entity?.address ?? '',
    contactEmail: entity?.contactEmail ?? '',
    privacyUrl: entity?.privacyUrl ?? '',
    isDefault: entity?.isDefault ?? false,
  },
  identity: {
    fromName: identity?.fromName ?? '',
    fromAddress: identity?.fromAddress ?? '',
    replyTo: identity?.replyTo ?? '',
  },
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export const entityBody = ({ entity }: EntityValues) => ({
  ...entity,
  privacyUrl: orNull(entity.privacyUrl),
});

export const identityBody = ({ identity }: EntityValues) => ({
  ...identity,
  replyTo: orNull(identity.replyTo),
});
