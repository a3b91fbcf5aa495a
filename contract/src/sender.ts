import { z } from 'zod';
import { route } from './route.ts';

const both = z.object({ en: z.string(), fr: z.string() });
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}[a-z0-9-]*$/,
    'must be a domain such as shop.example',
  );

/** No line break or other control character: it would become a header of its own. */
const headerText = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{Cc}*$/u, 'must not contain line breaks');

export const senderIdentitySchema = z.object({
  entityId: z.uuid(),
  fromName: z.string(),
  fromAddress: z.string(),
  replyTo: z.string().nullable(),
});

export const transportSchema = z.object({
  kind: z.enum(['catcher', 'smtp']).describe('catcher: kept on this server, nobody receives anything'),
  pinned: z.boolean().describe('a demo stays on the catcher'),
  host: z.string().nullable(),
  port: z.int().nullable(),
  security: z.enum(['tls', 'starttls', 'none']).nullable(),
  user: z.string().nullable(),
  hasPassword: z.boolean().describe('the password itself is never returned'),
});

export const dnsRecordSchema = z.object({
  purpose: z.enum(['dkim', 'spf', 'dmarc']),
  type: z.literal('TXT'),
  name: z.string(),
  value: z.string().describe('what to publish'),
  status: z.enum(['unchecked', 'ok', 'missing', 'differs', 'unreachable']),
  found: z.array(z.string()),
  advice: both,
});

export const dkimKeySchema = z.object({
  id: z.uuid(),
  domain: z.string(),
  selector: z.string(),
  createdAt: z.iso.datetime(),
  active: z.boolean().describe('messages of this domain are signed with it'),
});

export const senderProblemSchema = z.object({ code: z.string(), message: both });

const overview = z.object({
  transport: transportSchema,
  identities: z.array(senderIdentitySchema),
  dkimKeys: z.array(dkimKeySchema),
  problems: z.array(senderProblemSchema).describe('what keeps campaigns from being sent'),
});

export const senderRoutes = {
  readSender: route({
    method: 'GET',
    path: '/api/sender',
    summary: 'Sender identities, mail server and signing keys',
    tag: 'sender',
    access: 'signed-in',
    response: overview,
  }),
  saveSenderIdentity: route({
    method: 'PUT',
    path: '/api/sender/identities/:entityId',
    summary: 'Set the name and addresses a legal sender writes with',
    tag: 'sender',
    access: ['admin'],
    params: z.object({ entityId: z.uuid() }),
    body: z.object({
      fromName: headerText.min(1),
      fromAddress: z.string().trim().max(254),
      replyTo: z.string().trim().max(254).nullable().default(null),
    }),
    response: senderIdentitySchema,
  }),
  saveTransport: route({
    method: 'PUT',
    path: '/api/sender/transport',
    summary: 'Choose the catcher or a mail server',
    tag: 'sender',
    access: ['admin'],
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('catcher') }),
      z.object({
        kind: z.literal('smtp'),
        host: z
          .string()
          .trim()
          .min(1)
          .max(253)
          .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address'),
        port: z.int().min(1).max(65_535),
        security: z.enum(['tls', 'starttls', 'none']).describe('none only for a server on this machine'),
        user: z.string().max(320).nullable().default(null),
        password: z
          .string()
          .max(1_000)
          .nullable()
          .optional()
          .describe('absent: the stored one stays, if server and user stay; null: none'),
      }),
    ]),
    response: transportSchema,
  }),
  testTransport: route({
    method: 'POST',
    path: '/api/sender/transport/test',
    summary: 'Connect and sign in; on request send one message to the sender’s own address',
    tag: 'sender',
    access: ['admin'],
    body: z.object({
      sendAs: z.uuid().optional().describe('legal sender whose From address gets a test message'),
    }),
    response: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), sent: z.boolean() }),
      z.object({ ok: z.literal(false), problem: z.string(), message: both, detail: z.string() }),
    ]),
  }),
  createDkimKey: route({
    method: 'POST',
    path: '/api/sender/dkim-keys',
    summary: 'Make a signing key for a domain; it signs once it is active',
    tag: 'sender',
    access: ['admin'],
    body: z.object({ domain }),
    response: z.object({ key: dkimKeySchema, records: z.array(dnsRecordSchema) }),
    status: 201,
  }),
  activateDkimKey: route({
    method: 'POST',
    path: '/api/sender/dkim-keys/:id/activate',
    summary: 'Sign with this key from now on, once its record is found in DNS',
    tag: 'sender',
    access: ['admin'],
    params: z.object({ id: z.uuid() }),
    body: z.object({ skipCheck: z.boolean().default(false).describe('without asking DNS') }),
    response: dkimKeySchema,
  }),
  readDnsRecords: route({
    method: 'GET',
    path: '/api/sender/dns',
    summary: 'The DNS records a domain needs',
    tag: 'sender',
    access: 'signed-in',
    query: z.object({ domain }),
    response: z.object({ records: z.array(dnsRecordSchema) }),
  }),
  checkDnsRecords: route({
    method: 'POST',
    path: '/api/sender/dns-check',
    summary: 'Ask DNS for the records of a domain',
    tag: 'sender',
    access: ['admin'],
    body: z.object({ domain }),
    response: z.object({ records: z.array(dnsRecordSchema) }),
  }),
} as const;
