import { senderRoutes } from '@mesure/contract/sender';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { Sender } from './room.ts';
import type { DkimKeyView } from './signing-keys.ts';
import { smtpAdvice } from './smtp-advice.ts';

export interface SenderRoutesDeps {
  readonly database: Database;
  readonly sender: Sender;
}

const presentKey = (key: DkimKeyView) => ({ ...key, createdAt: key.createdAt.toISOString() });

export const bindSenderRoutes = (app: FastifyInstance, { database, sender }: SenderRoutesDeps): void => {
  bindRoute(app, senderRoutes.readSender, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const overview = await sender.overview(tx);
      return { ...overview, dkimKeys: overview.dkimKeys.map(presentKey) };
    }),
  );
  bindRoute(app, senderRoutes.saveSenderIdentity, ({ workspaceId, params, body, actor }) =>
    database.inWorkspace(workspaceId, (tx) => sender.saveIdentity(tx, { ...params, ...body }, actor)),
  );
  bindRoute(app, senderRoutes.saveTransport, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, (tx) => sender.saveTransport(tx, body, actor)),
  );
  bindRoute(app, senderRoutes.testTransport, {
    limits: { perMinute: 10 },
    handle: async ({ workspaceId, body }) => {
      const result = await sender.test(workspaceId, body.sendAs);
      return result.ok
        ? { ok: true as const, sent: result.sent }
        : {
            ok: false as const,
            problem: result.problem,
            message: smtpAdvice[result.problem],
            detail: result.reason,
          };
    },
  });
  bindRoute(app, senderRoutes.createDkimKey, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const { key, records } = await sender.createDkimKey(tx, body.domain, actor);
      return { key: presentKey(key), records };
    }),
  );
  bindRoute(app, senderRoutes.activateDkimKey, async ({ workspaceId, params, body, actor }) =>
    presentKey(
      await sender.activateDkimKey(workspaceId, { id: params.id, skipCheck: body.skipCheck }, actor),
    ),
  );
  bindRoute(app, senderRoutes.readDnsRecords, ({ workspaceId, query }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ records: await sender.dnsRecords(tx, query.domain) })),
  );
  bindRoute(app, senderRoutes.checkDnsRecords, async ({ workspaceId, body }) => ({
    records: await sender.checkDns(workspaceId, body.domain),
  }));
};
