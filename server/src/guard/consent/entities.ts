import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import {
  clearDefault,
  defaultEntityRow,
  deleteUnusedEntity,
  entityRow,
  entityRows,
  type LegalEntity,
  upsertEntity,
} from './entity-store.ts';

export interface EntityChange {
  readonly id?: string;
  readonly name: string;
  readonly address: string;
  readonly contactEmail: string;
  readonly privacyUrl: string | null;
  readonly isDefault?: boolean | undefined;
}

export interface Entities {
  /** The default first. */
  readonly list: (tx: Tx) => Promise<LegalEntity[]>;
  readonly byId: (tx: Tx, id: string) => Promise<LegalEntity | null>;
  readonly default: (tx: Tx) => Promise<LegalEntity | null>;
  /** Without id a new one; the first of a workspace is the default whatever is asked. */
  readonly save: (tx: Tx, change: EntityChange, actor: Actor) => Promise<LegalEntity>;
  readonly remove: (tx: Tx, id: string, actor: Actor) => Promise<void>;
}

export interface EntitiesDeps {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
}

export const createEntities = (deps: EntitiesDeps): Entities => ({
  list: entityRows,
  byId: async (tx, id) => (await entityRow(tx, id)) ?? null,
  default: async (tx) => (await defaultEntityRow(tx)) ?? null,
  save: async (tx, change, actor) => {
    const before = change.id ? await entityRow(tx, change.id) : undefined;
    if (change.id && !before) throw appError('not_found', { message: 'This legal sender does not exist.' });
    const current = await defaultEntityRow(tx);
    const isDefault = !current || current.id === before?.id || change.isDefault === true;
    const after: LegalEntity = {
      id: before?.id ?? deps.ids.next(),
      name: change.name,
      address: change.address,
      contactEmail: change.contactEmail,
      privacyUrl: change.privacyUrl,
      isDefault,
    };
    if (isDefault) await clearDefault(tx, after.id);
    await upsertEntity(tx, after, deps.clock.now());
    await deps.audit.record(tx, {
      actor,
      action: before ? 'entity.changed' : 'entity.created',
      subject: { kind: 'entity', id: after.id },
      ...(before && { before }),
      after,
    });
    return after;
  },
  remove: async (tx, id, actor) => {
    const before = await entityRow(tx, id);
    if (!before) throw appError('not_found', { message: 'This legal sender does not exist.' });
    if ((await deleteUnusedEntity(tx, id)) === 0) {
      throw appError('conflict', {
        message: before.isDefault
          ? 'The default sender cannot be removed. Make another one the default first.'
          : 'Consents name this sender as the one they were given to; it has to stay.',
        details: { reason: before.isDefault ? 'is_default' : 'named_by_consents' },
      });
    }
    await deps.audit.record(tx, { actor, action: 'entity.removed', subject: { kind: 'entity', id }, before });
  },
});
