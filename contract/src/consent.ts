import { z } from 'zod';
import { route } from './route.ts';

/** One channel today; SMS, push and voice come with their own purposes (nothing is implied from e-mail). */
export const channelSchema = z.enum(['email']);

/** `topic:<key>` or one of the purposes that need a grant. */
export const purposeSchema = z
  .string()
  .regex(/^(prospecting|click_tracking|personalisation|topic:[a-z0-9][a-z0-9_-]{0,62})$/, 'unknown purpose');

export const consentStateSchema = z.enum(['granted', 'withdrawn']);
export const consentMethodSchema = z.enum(['form', 'import', 'hand', 'api', 'page', 'one_click', 'undo']);
export const languageSchema = z.enum(['en', 'fr']);
export const suppressionReasonSchema = z.enum(['bounce', 'complaint', 'unsubscribed_all', 'manual']);

const idParams = z.object({ id: z.uuid() });
const instant = z.iso.datetime({ offset: true });

/** An entry with its proof (L-01): `wording` is the text shown that day, byte for byte. */
export const consentEntrySchema = z.object({
  id: z.uuid(),
  entityId: z.uuid(),
  channel: channelSchema,
  purpose: purposeSchema,
  state: consentStateSchema,
  at: instant,
  recordedAt: instant,
  standing: z.boolean().describe('true for the entry that counts today'),
  proof: z.object({
    method: consentMethodSchema,
    source: z.string(),
    wording: z.string().nullable(),
    wordingHash: z.string().nullable(),
    language: languageSchema.nullable(),
    url: z.string().nullable(),
    actorName: z.string().nullable(),
    importId: z.uuid().nullable(),
    restores: z
      .uuid()
      .nullable()
      .describe('of an entry that the undo of an import made: the earlier grant that stands again'),
    simulated: z.boolean(),
  }),
});

export const legalEntitySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string(),
  contactEmail: z.string(),
  privacyUrl: z.string().nullable(),
  isDefault: z.boolean(),
});

const entityBody = z.object({
  name: z.string().trim().min(1).max(200),
  address: z.string().trim().min(1).max(500),
  contactEmail: z.email().max(320),
  privacyUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  isDefault: z.boolean().optional(),
});

export const topicSchema = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/),
  nameEn: z.string().trim().min(1).max(120),
  nameFr: z.string().trim().min(1).max(120),
});

const suppressionSchema = z.object({
  channel: channelSchema,
  hash: z.string().describe('keyed hash of the normalised address; the address itself is not kept (L-14)'),
  reason: suppressionReasonSchema,
  at: instant,
});

const consentBody = z.object({
  entityId: z.uuid(),
  channel: channelSchema,
  purpose: purposeSchema,
  at: instant.describe('when the person agreed; never later than now'),
  source: z.string().trim().min(1).max(500).describe('the document or place that proves it'),
  wording: z.string().min(1).max(10_000).describe('the exact words the person agreed to'),
  language: languageSchema,
  url: z.url().max(2000).optional(),
});

const withdrawalBody = z.object({
  entityId: z.uuid(),
  channel: channelSchema,
  purpose: purposeSchema,
  source: z.string().trim().min(1).max(500).describe('how the person asked'),
});

export const consentRoutes = {
  listConsents: route({
    method: 'GET',
    path: '/api/profiles/:id/consents',
    summary: 'Every consent entry of a profile, newest first, with its proof',
    tag: 'consent',
    access: 'signed-in',
    params: idParams,
    response: z.object({ items: z.array(consentEntrySchema) }),
  }),
  addConsent: route({
    method: 'POST',
    path: '/api/profiles/:id/consents',
    summary: 'Record a consent by hand, with its proof',
    tag: 'consent',
    access: ['marketer', 'approver', 'admin'],
    params: idParams,
    body: consentBody,
    response: consentEntrySchema,
    status: 201,
  }),
  withdrawConsent: route({
    method: 'POST',
    path: '/api/profiles/:id/withdrawals',
    summary: 'Withdraw one purpose for a profile; the second call changes nothing',
    tag: 'consent',
    access: ['marketer', 'approver', 'admin'],
    params: idParams,
    body: withdrawalBody,
    response: z.object({ withdrawn: z.boolean() }),
  }),
  listSuppressions: route({
    method: 'GET',
    path: '/api/suppressions',
    summary: 'Addresses that are never written to, as keyed hashes, newest first',
    tag: 'consent',
    access: 'signed-in',
    query: z.object({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ items: z.array(suppressionSchema), next: z.string().optional() }),
  }),
  addSuppressions: route({
    method: 'POST',
    path: '/api/suppressions',
    summary: 'Never write to these addresses again',
    tag: 'consent',
    access: ['marketer', 'approver', 'admin'],
    body: z.object({ channel: channelSchema, addresses: z.array(z.email().max(320)).min(1).max(5000) }),
    response: z.object({ added: z.number().int() }),
    status: 201,
  }),
  listEntities: route({
    method: 'GET',
    path: '/api/entities',
    summary: 'Legal senders of this workspace',
    tag: 'consent',
    access: 'signed-in',
    response: z.object({ items: z.array(legalEntitySchema) }),
  }),
  createEntity: route({
    method: 'POST',
    path: '/api/entities',
    summary: 'Add a legal sender; the first one becomes the default',
    tag: 'consent',
    access: ['admin'],
    body: entityBody,
    response: legalEntitySchema,
    status: 201,
  }),
  updateEntity: route({
    method: 'PUT',
    path: '/api/entities/:id',
    summary: 'Change a legal sender',
    tag: 'consent',
    access: ['admin'],
    params: idParams,
    body: entityBody,
    response: legalEntitySchema,
  }),
  removeEntity: route({
    method: 'DELETE',
    path: '/api/entities/:id',
    summary: 'Remove a legal sender that no consent names and that is not the default',
    tag: 'consent',
    access: ['admin'],
    params: idParams,
    response: z.object({ removed: z.literal(true) }),
  }),
  listTopics: route({
    method: 'GET',
    path: '/api/topics',
    summary: 'Topics that customers can leave one by one',
    tag: 'consent',
    access: 'signed-in',
    response: z.object({ items: z.array(topicSchema) }),
  }),
  saveTopics: route({
    method: 'PUT',
    path: '/api/topics',
    summary: 'Replace the list of topics; entries about a removed topic stay in the ledger',
    tag: 'consent',
    access: ['admin', 'marketer'],
    body: z.object({ items: z.array(topicSchema).max(30) }),
    response: z.object({ items: z.array(topicSchema) }),
  }),
} as const;
