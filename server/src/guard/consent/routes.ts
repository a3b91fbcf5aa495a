import { consentRoutes } from '@mesure/contract/consent';
import type { FastifyInstance } from 'fastify';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database, Tx } from '#platform/postgres';
import type { Purpose } from './consent.ts';
import type { ConsentRoom } from './room.ts';
import type { ProvenEntry } from './service.ts';
import type { SuppressionReason, SuppressionRow } from './suppression-store.ts';

export interface ConsentRoutesDeps extends ConsentRoom {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
  /** Whether the transaction's workspace knows this profile: a consent of nobody proves nothing (S-01). */
  readonly isProfile: (tx: Tx, id: string) => Promise<boolean>;
}

const present = (entry: ProvenEntry) => ({
  id: entry.id,
  entityId: entry.entityId,
  channel: entry.channel,
  purpose: entry.purpose,
  state: entry.state,
  at: entry.at.toISOString(),
  recordedAt: entry.recordedAt.toISOString(),
  standing: entry.standing,
  proof: {
    method: entry.proof.method,
    source: entry.proof.source,
    wording: entry.proof.wording ?? null,
    wordingHash: entry.wordingHash,
    language: entry.proof.language ?? null,
    url: entry.proof.url ?? null,
    actorName: entry.proof.actor?.name ?? null,
    importId: entry.proof.importId ?? null,
    restores: entry.proof.restores ?? null,
    simulated: entry.proof.simulated ?? false,
  },
});

// The contract's pattern is the list of purposes.
const asPurpose = (purpose: string): Purpose => purpose as Purpose;

const cursorOf = (row: SuppressionRow): string => `${row.at.toISOString()}_${row.hash}_${row.reason}`;

const readCursor = (cursor: string): Pick<SuppressionRow, 'at' | 'hash' | 'reason'> => {
  const match = /^([0-9T:.-]+Z)_([0-9a-f]{64})_([a-z_]+)$/.exec(cursor);
  if (!match?.[1] || !match[2] || !match[3]) {
    throw appError('invalid_request', { message: 'The cursor is not one that this list gave.' });
  }
  return { at: new Date(match[1]), hash: match[2], reason: match[3] as SuppressionReason };
};

export const bindConsentRoutes = (app: FastifyInstance, deps: ConsentRoutesDeps): void => {
  const { database, consent, suppression, entities, topics, audit, clock } = deps;

  const requireProfile = async (tx: Tx, id: string): Promise<void> => {
    if (!(await deps.isProfile(tx, id)))
      throw appError('not_found', { message: 'There is no profile under this id.' });
  };

  bindRoute(app, consentRoutes.listConsents, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const items = (await consent.history(tx, params.id)).map(present);
      // The proofs of somebody who was removed since stay readable.
      if (items.length === 0) await requireProfile(tx, params.id);
      return { items };
    }),
  );

  bindRoute(app, consentRoutes.addConsent, ({ workspaceId, params, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      await requireProfile(tx, params.id);
      const at = new Date(body.at);
      if (at > clock.now()) {
        throw appError('unprocessable', {
          message: `The consent is dated ${body.at}, which is later than now. Give the instant when the person agreed.`,
          details: { reason: 'consent_in_future' },
        });
      }
      if (!(await entities.byId(tx, body.entityId))) {
        throw appError('unprocessable', {
          message: 'This legal sender does not exist. Choose one of the list under Settings.',
          details: { reason: 'unknown_entity' },
        });
      }
      const [id = ''] = await consent.append(tx, [
        {
          profileId: params.id,
          entityId: body.entityId,
          channel: body.channel,
          purpose: asPurpose(body.purpose),
          state: 'granted',
          at,
          proof: {
            method: 'hand',
            source: body.source,
            wording: body.wording,
            language: body.language,
            ...(body.url !== undefined && { url: body.url }),
            actor,
          },
        },
      ]);
      const entry = await consent.proof(tx, id);
      if (!entry) throw appError('internal');
      await audit.record(tx, {
        actor,
        action: 'consent.added',
        subject: { kind: 'profile', id: params.id },
        after: { entryId: id, purpose: body.purpose, entityId: body.entityId, channel: body.channel },
      });
      return present(entry);
    }),
  );

  bindRoute(app, consentRoutes.withdrawConsent, ({ workspaceId, params, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      await requireProfile(tx, params.id);
      const appended = await consent.withdraw(tx, {
        profileIds: [params.id],
        entityIds: [body.entityId],
        channel: body.channel,
        purposes: [asPurpose(body.purpose)],
        proof: { method: 'hand', source: body.source, actor },
      });
      if (appended.length > 0) {
        await audit.record(tx, {
          actor,
          action: 'consent.withdrawn',
          subject: { kind: 'profile', id: params.id },
          after: { purpose: body.purpose, entityId: body.entityId, channel: body.channel },
        });
      }
      return { withdrawn: appended.length > 0 };
    }),
  );

  bindRoute(app, consentRoutes.listSuppressions, ({ workspaceId, query }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const before = query.cursor === undefined ? null : readCursor(query.cursor);
      const rows = await suppression.newest(tx, { limit: query.limit + 1, before });
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return {
        items: items.map(({ channel, hash, reason, at }) => ({
          channel,
          hash,
          reason,
          at: at.toISOString(),
        })),
        ...(rows.length > query.limit && last && { next: cursorOf(last) }),
      };
    }),
  );

  bindRoute(app, consentRoutes.addSuppressions, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const at = clock.now();
      const added = await suppression.add(
        tx,
        body.addresses.map((address) => ({ channel: body.channel, address, reason: 'manual', at })),
      );
      await audit.record(tx, {
        actor,
        action: 'suppression.added',
        subject: { kind: 'workspace', id: workspaceId },
        after: { channel: body.channel, added },
      });
      return { added };
    }),
  );

  bindRoute(app, consentRoutes.listEntities, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ items: await entities.list(tx) })),
  );
  bindRoute(app, consentRoutes.createEntity, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, (tx) => entities.save(tx, body, actor)),
  );
  bindRoute(app, consentRoutes.updateEntity, ({ workspaceId, params, body, actor }) =>
    database.inWorkspace(workspaceId, (tx) => entities.save(tx, { ...body, id: params.id }, actor)),
  );
  bindRoute(app, consentRoutes.removeEntity, ({ workspaceId, params, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      await entities.remove(tx, params.id, actor);
      return { removed: true as const };
    }),
  );

  bindRoute(app, consentRoutes.listTopics, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ items: await topics.list(tx) })),
  );
  bindRoute(app, consentRoutes.saveTopics, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ items: await topics.save(tx, body.items, actor) })),
  );
};
