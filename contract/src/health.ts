import { z } from 'zod';
import { route } from './route.ts';

const engineSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  /** How long the probe took. */
  milliseconds: z.number(),
});

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded', 'stopping']),
  version: z.string(),
  engines: z.array(engineSchema),
});
export type Health = z.output<typeof healthSchema>;

export const healthRoutes = {
  readHealth: route({
    method: 'GET',
    path: '/api/health',
    summary: 'State of the server and of each engine; always answers 200',
    tag: 'Health',
    access: 'public',
    response: healthSchema,
  }),
  checkLive: route({
    method: 'GET',
    path: '/api/health/live',
    summary: 'The process answers',
    tag: 'Health',
    access: 'public',
    response: z.object({ status: z.literal('ok') }),
  }),
  checkReady: route({
    method: 'GET',
    path: '/api/health/ready',
    summary: 'Every engine answers; 503 with the ones that do not',
    tag: 'Health',
    access: 'public',
    response: healthSchema,
  }),
} as const;
