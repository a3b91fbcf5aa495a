import { z } from 'zod';
import { route } from './route.ts';

export const brakeScopeSchema = z.enum(['global', 'campaign']);

const who = z.object({ id: z.string(), name: z.string() });

export const brakeStateSchema = z.object({
  scope: brakeScopeSchema,
  scopeId: z.uuid().nullable(),
  engaged: z.boolean(),
  /** `missing` and `unreadable` are the engine's own: what cannot be read is engaged. */
  cause: z.enum(['person', 'missing', 'unreadable', 'released']),
  reason: z.string(),
  changedBy: who.nullable(),
  changedAt: z.iso.datetime().nullable(),
  release: z.object({ requestedBy: who, requestedAt: z.iso.datetime(), reason: z.string() }).nullable(),
});

const target = {
  scope: brakeScopeSchema,
  scopeId: z.uuid().optional().describe('the campaign; absent for the global brake'),
};
const reason = z.string().trim().min(1).max(500);

export const brakeRoutes = {
  listBrakes: route({
    method: 'GET',
    path: '/api/brakes',
    summary: 'The global brake, then every campaign brake that was ever used',
    tag: 'brake',
    access: 'signed-in',
    response: z.object({ items: z.array(brakeStateSchema) }),
  }),
  engageBrake: route({
    method: 'POST',
    path: '/api/brakes/engage',
    summary: 'Stop sending at once; any role, one call',
    tag: 'brake',
    access: 'signed-in',
    body: z.object({ ...target, reason: reason.default('Engaged without a stated reason') }),
    response: brakeStateSchema,
  }),
  requestBrakeRelease: route({
    method: 'POST',
    path: '/api/brakes/request-release',
    summary: 'Ask for the release, with a reason; another person confirms',
    tag: 'brake',
    access: 'signed-in',
    body: z.object({ ...target, reason }),
    response: brakeStateSchema,
  }),
  confirmBrakeRelease: route({
    method: 'POST',
    path: '/api/brakes/confirm-release',
    summary: 'Release the brake that somebody else asked to release',
    tag: 'brake',
    access: 'signed-in',
    body: z.object(target),
    response: brakeStateSchema,
  }),
} as const;
