import { z } from 'zod';
import { route } from './route.ts';

export const auditEntrySchema = z.object({
  /** 1, 2, 3 … without gaps inside a workspace. */
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(['account', 'token', 'system']), id: z.string(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.json().nullable(),
  after: z.json().nullable(),
  /** SHA-256 in hexadecimal over the previous entry's hash and this entry. */
  hash: z.string(),
});
export type AuditEntryView = z.output<typeof auditEntrySchema>;

export const chainVerdictSchema = z.discriminatedUnion('intact', [
  z.object({ intact: z.literal(true), entries: z.int().nonnegative(), lastHash: z.string() }),
  z.object({
    intact: z.literal(false),
    /** Sequence of the first entry that does not fit. */
    firstBad: z.int().positive(),
    reason: z.enum(['changed', 'missing', 'unexpected', 'cut_off']),
    message: z.string(),
  }),
]);
export type ChainVerdictView = z.output<typeof chainVerdictSchema>;

export const auditRoutes = {
  listAudit: route({
    method: 'GET',
    path: '/api/audit',
    summary: 'List what people and programs changed, newest first',
    tag: 'Audit',
    access: ['approver', 'admin'],
    query: z.strictObject({
      actorId: z.string().max(100).optional(),
      /** One action (`settings.changed`) or a family of them (`settings`). */
      action: z.string().max(100).optional(),
      subjectKind: z.string().max(100).optional(),
      subjectId: z.string().max(100).optional(),
      /** Half-open: from ≤ at < to. */
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
      /** `next` of the previous page. */
      cursor: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(auditEntrySchema), next: z.string().optional() }),
  }),
  readAuditVocabulary: route({
    method: 'GET',
    path: '/api/audit/vocabulary',
    summary: 'Who, which actions and which kinds of subjects occur in the audit, to filter by',
    tag: 'Audit',
    access: ['approver', 'admin'],
    response: z.object({
      actors: z
        .array(auditEntrySchema.shape.actor.extend({ entries: z.int().positive() }))
        .describe('With the name of their latest entry; at most 500, the busiest'),
      actions: z.array(z.object({ action: z.string(), entries: z.int().positive() })),
      subjectKinds: z.array(z.object({ kind: z.string(), entries: z.int().positive() })),
    }),
  }),
  verifyAudit: route({
    method: 'GET',
    path: '/api/audit/verification',
    summary: 'Recompute the whole chain and name the first entry that does not fit',
    tag: 'Audit',
    access: ['approver', 'admin'],
    response: chainVerdictSchema,
  }),
} as const;
