import { z } from 'zod';
import { route } from './route.ts';

export const demoProgress = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  now: z.iso.datetime(),
  /** In [0, 1]. */
  done: z.number().min(0).max(1),
  /** What the simulated customers did so far. */
  answers: z.object({ clicks: z.int(), unsubscribes: z.int(), orders: z.int() }),
  stopping: z.boolean(),
});
export type DemoProgress = z.infer<typeof demoProgress>;

export const demoState = z.discriminatedUnion('active', [
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    now: z.iso.datetime(),
    /** Where the demo's time began. */
    startedAt: z.iso.datetime(),
    /** False: it is being prepared, or it plays real orders, whose time is not moved by hand. */
    canAdvance: z.boolean(),
    advancing: demoProgress.nullable(),
    /** What became of the last move, until the next one. */
    last: z
      .object({
        outcome: z.enum(['arrived', 'stopped', 'failed']),
        at: z.iso.datetime(),
        answers: demoProgress.shape.answers,
        message: z.string().nullable().describe('Why it failed'),
      })
      .nullable(),
  }),
]);
export type DemoState = z.infer<typeof demoState>;

export const demoRoutes = {
  readDemo: route({
    method: 'GET',
    path: '/api/demo',
    summary: 'Whether this is the demo, and where its time stands',
    tag: 'demo',
    access: 'signed-in',
    response: demoState,
  }),
  advanceDemo: route({
    method: 'POST',
    path: '/api/demo/advance',
    summary: 'Move the demo’s time forward: its customers read, click, leave and order meanwhile',
    tag: 'demo',
    access: ['marketer', 'admin'],
    body: z.strictObject({ hours: z.int().min(1).max(168) }),
    response: demoState,
    status: 202,
  }),
  stopDemo: route({
    method: 'POST',
    path: '/api/demo/stop',
    summary: 'Stop moving the demo’s time: it stays where it is',
    tag: 'demo',
    access: ['marketer', 'admin'],
    response: demoState,
  }),
} as const;
