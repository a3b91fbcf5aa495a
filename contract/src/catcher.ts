import { z } from 'zod';
import { route } from './route.ts';

export const caughtMailSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  bytes: z.int(),
});

export const caughtMailDetailSchema = caughtMailSchema.extend({
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
  html: z.string().describe('show it in a sandboxed frame only'),
  links: z.array(z.string()),
});

const id = z.object({ id: z.uuid() });

export const catcherRoutes = {
  listCaughtMails: route({
    method: 'GET',
    path: '/api/catcher/mails',
    summary: 'Messages in the built-in catcher, the newest first',
    tag: 'catcher',
    access: 'signed-in',
    query: z.object({
      search: z.string().max(200).optional().describe('in recipient, sender or subject'),
      to: z.string().max(320).optional().describe('exactly this recipient'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      before: z.uuid().optional().describe('cursor: `next` of the page before'),
    }),
    response: z.object({ items: z.array(caughtMailSchema), total: z.int(), next: z.uuid().optional() }),
  }),
  readCaughtMail: route({
    method: 'GET',
    path: '/api/catcher/mails/:id',
    summary: 'One caught message with its parts and links',
    tag: 'catcher',
    access: 'signed-in',
    params: id,
    response: caughtMailDetailSchema,
  }),
  readCaughtMailSource: route({
    method: 'GET',
    path: '/api/catcher/mails/:id/raw',
    summary: 'One caught message as it arrived',
    tag: 'catcher',
    access: 'signed-in',
    params: id,
    raw: 'response',
    response: z.string(),
  }),
  deleteCaughtMails: route({
    method: 'DELETE',
    path: '/api/catcher/mails',
    summary: 'Empty the catcher',
    tag: 'catcher',
    access: ['marketer', 'admin'],
    response: z.object({ deleted: z.int() }),
  }),
} as const;
