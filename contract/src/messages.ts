import { z } from 'zod';
import { route } from './route.ts';

const language = z.enum(['en', 'fr']);
const both = z.object({ en: z.string(), fr: z.string() });
const where = z.object({
  part: z.enum(['subject', 'mjml', 'html', 'text']),
  line: z.int().optional().describe('counts from 1'),
  column: z.int().optional().describe('counts from 1'),
});

export const messageSourceSchema = z.object({
  subject: z.string().max(500).describe('Liquid'),
  mjml: z.string().min(1).max(500_000).describe('MJML with Liquid'),
  text: z.string().max(200_000).optional().describe('Liquid; made from the HTML when absent'),
  language,
});

export const findingSchema = z.object({
  severity: z.enum(['error', 'warning']).describe('an error keeps the message from review'),
  code: z.string(),
  message: both,
  where,
});

export const messageSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int().describe('the latest'),
  subject: z.string(),
  language,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  changedBy: z.string().describe('Who saved the latest version'),
});
export type MessageBody = z.infer<typeof messageSchema>;
export type MessageSourceBody = z.infer<typeof messageSourceSchema>;
export type MessageFinding = z.infer<typeof findingSchema>;

/** By last change or by name; `_asc` and `_desc` turn it around. */
export const messageSorts = ['changed', 'changed_asc', 'name', 'name_desc'] as const;

export const messageVersionSchema = z.object({
  id: z.uuid(),
  messageId: z.uuid(),
  version: z.int(),
  contentHash: z
    .string()
    .describe('SHA-256 of subject, MJML, text and language: what an approval is bound to'),
  ...messageSourceSchema.shape,
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  usable: z.boolean().describe('false: it cannot be compiled, see lint'),
  links: z.array(z.object({ index: z.int(), href: z.string(), label: z.string() })),
});

const name = z.string().trim().min(1).max(200);
const id = z.object({ id: z.uuid() });
const versionParams = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1) });
const detail = z.object({ message: messageSchema, version: messageVersionSchema });

const rendered = {
  subject: z.string(),
  html: z.string().describe('show it in a sandboxed frame only'),
  text: z.string(),
};
const failure = z.object({ code: z.string(), message: both, where, field: z.string().optional() });

const previewResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), profileId: z.uuid(), ...rendered }),
  z.object({ ok: z.literal(false), profileId: z.uuid(), error: failure }),
]);

const draftPreviewResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), profileId: z.uuid().nullable(), ...rendered }),
  z.object({ ok: z.literal(false), profileId: z.uuid().nullable(), error: failure }),
]);
export type DraftPreview = z.infer<typeof draftPreviewResult>;

const guideWords = z.object({ name: z.string(), about: both });

/** What a message can be written with: no more and no less than what the renderer takes. */
export const messageGuideSchema = z.object({
  fields: z.array(
    z.object({
      path: z.string().describe('a field of a product stands in `{% for product in products %}`'),
      group: z.enum(['profile', 'products', 'links', 'sender', 'campaign']),
      label: both,
      always: z.boolean().describe('false: some people have no value, so it needs a fallback'),
      example: z.string().describe('Liquid'),
    }),
  ),
  filters: z.array(guideWords.extend({ example: z.string(), gives: both })),
  tags: z.array(guideWords.extend({ example: z.string(), gives: z.string() })),
  components: z
    .array(guideWords.extend({ inside: z.array(z.string()), attributes: z.array(z.string()) }))
    .describe('of MJML'),
});
export type MessageGuide = z.infer<typeof messageGuideSchema>;

const lintResult = z.object({
  findings: z.array(findingSchema),
  ready: z.boolean().describe('no error among them'),
});

export const messagesRoutes = {
  listMessages: route({
    method: 'GET',
    path: '/api/messages',
    summary: 'Messages, the last changed first',
    tag: 'messages',
    access: 'signed-in',
    query: z.object({
      search: z.string().max(200).optional().describe('in the name or the subject, any case'),
      sort: z.enum(messageSorts).default('changed'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.string().optional().describe('cursor: `next` of the page before'),
    }),
    response: z.object({ items: z.array(messageSchema), next: z.string().optional() }),
  }),
  createMessage: route({
    method: 'POST',
    path: '/api/messages',
    summary: 'Create a message with its first version',
    tag: 'messages',
    access: ['marketer', 'admin'],
    body: z.object({ name, ...messageSourceSchema.shape }),
    response: detail,
    status: 201,
  }),
  readMessage: route({
    method: 'GET',
    path: '/api/messages/:id',
    summary: 'A message with its latest version',
    tag: 'messages',
    access: 'signed-in',
    params: id,
    response: detail,
  }),
  updateMessage: route({
    method: 'PUT',
    path: '/api/messages/:id',
    summary: 'Save a new version; earlier ones stay as they are',
    tag: 'messages',
    access: ['marketer', 'admin'],
    params: id,
    body: z.object({
      name: name.optional(),
      basedOn: z.int().min(1).describe('the version that was edited; 409 when there is a later one'),
      ...messageSourceSchema.shape,
    }),
    response: detail,
  }),
  listMessageVersions: route({
    method: 'GET',
    path: '/api/messages/:id/versions',
    summary: 'Every version of a message, the latest first',
    tag: 'messages',
    access: 'signed-in',
    params: id,
    response: z.object({
      items: z.array(
        messageVersionSchema.pick({
          id: true,
          version: true,
          contentHash: true,
          subject: true,
          createdAt: true,
          createdBy: true,
        }),
      ),
    }),
  }),
  readMessageVersion: route({
    method: 'GET',
    path: '/api/messages/:id/versions/:version',
    summary: 'One version of a message',
    tag: 'messages',
    access: 'signed-in',
    params: versionParams,
    response: messageVersionSchema,
  }),
  previewMessage: route({
    method: 'POST',
    path: '/api/messages/:id/preview',
    summary: 'What real people would get; nothing is sent',
    tag: 'messages',
    access: 'signed-in',
    params: id,
    body: z.object({
      profileIds: z.array(z.uuid()).min(1).max(50),
      version: z.int().min(1).optional().describe('the latest when absent'),
      source: messageSourceSchema.optional().describe('a draft that is not saved yet, instead of a version'),
    }),
    response: z.object({ items: z.array(previewResult) }),
  }),
  lintMessage: route({
    method: 'POST',
    path: '/api/messages/:id/lint',
    summary: 'What stands between a version and its review',
    tag: 'messages',
    access: 'signed-in',
    params: id,
    body: z.object({ version: z.int().min(1).optional().describe('the latest when absent') }),
    response: lintResult,
  }),
  lintMessageSource: route({
    method: 'POST',
    path: '/api/message-lint',
    summary: 'The same for a draft that is not saved',
    tag: 'messages',
    access: 'signed-in',
    body: messageSourceSchema,
    response: lintResult,
  }),
  previewMessageSource: route({
    method: 'POST',
    path: '/api/message-preview',
    summary: 'What real people would get of a draft that is not saved; nothing is sent',
    tag: 'messages',
    access: 'signed-in',
    body: z.object({
      source: messageSourceSchema,
      profileIds: z
        .array(z.uuid())
        .max(50)
        .describe('none: for somebody who does not exist (profileId null in the answer)'),
    }),
    response: z.object({ items: z.array(draftPreviewResult) }),
  }),
  checkMessageSource: route({
    method: 'POST',
    path: '/api/message-check',
    summary: 'For whom among these people a draft fails, and why',
    tag: 'messages',
    access: 'signed-in',
    body: z.object({ source: messageSourceSchema, profileIds: z.array(z.uuid()).min(1).max(200) }),
    response: z.object({
      checked: z.int(),
      failing: z.array(z.object({ profileId: z.uuid(), error: failure })),
    }),
  }),
  testMessageSource: route({
    method: 'POST',
    path: '/api/message-test',
    summary: 'Send a draft to yourself, marked [test]; it counts nowhere',
    tag: 'messages',
    access: 'signed-in',
    body: z.object({
      source: messageSourceSchema,
      profileId: z
        .uuid()
        .optional()
        .describe('whose data to fill in; somebody who does not exist when absent'),
    }),
    response: z.object({
      to: z.string(),
      outcome: z.enum(['accepted', 'rejected', 'deferred', 'uncertain']),
      detail: z.string(),
    }),
  }),
  listMessageFields: route({
    method: 'GET',
    path: '/api/message-fields',
    summary: 'Fields, filters, tags and components that a message can be written with, with examples',
    tag: 'messages',
    access: 'signed-in',
    response: messageGuideSchema,
  }),
  listMessageStarters: route({
    method: 'GET',
    path: '/api/message-starters',
    summary: 'Templates to start from',
    tag: 'messages',
    access: 'signed-in',
    response: z.object({
      items: z.array(z.object({ key: z.string(), name: z.string(), ...messageSourceSchema.shape })),
    }),
  }),
} as const;
