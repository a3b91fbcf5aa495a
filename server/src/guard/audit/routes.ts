import { type AuditEntryView, auditRoutes } from '@mesure/contract/audit';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { ChainedEntry } from './chain.ts';
import type { Audit } from './service.ts';

const toView = (entry: ChainedEntry): AuditEntryView => ({
  sequence: entry.sequence,
  at: entry.at.toISOString(),
  actor: entry.actor,
  action: entry.action,
  subject: entry.subject,
  before: entry.before as AuditEntryView['before'],
  after: entry.after as AuditEntryView['after'],
  hash: entry.hash.toString('hex'),
});

export const bindAuditRoutes = (app: FastifyInstance, audit: Audit): void => {
  bindRoute(app, auditRoutes.listAudit, async ({ workspaceId, query }) => {
    const { from, to, cursor, ...filter } = query;
    const entries = await audit.list(workspaceId, {
      ...filter,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      before: cursor,
    });
    const last = entries.at(-1);
    const more = last !== undefined && entries.length === query.limit && last.sequence > 1;
    return { items: entries.map(toView), ...(more ? { next: String(last.sequence) } : {}) };
  });
  bindRoute(app, auditRoutes.readAuditVocabulary, async ({ workspaceId }) => {
    const { actors, actions, subjectKinds } = await audit.vocabulary(workspaceId);
    return { actors: [...actors], actions: [...actions], subjectKinds: [...subjectKinds] };
  });
  bindRoute(app, auditRoutes.verifyAudit, ({ workspaceId }) => audit.verify(workspaceId));
};
