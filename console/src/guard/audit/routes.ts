import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { insideRoute, roomPage } from '#platform/routing';

const word = z.string().min(1).max(100).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

export const auditRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/audit',
  validateSearch: z.object({
    actor: word,
    action: word,
    kind: word,
    subject: word,
    from: day,
    to: day,
    entry: z.number().int().positive().optional().catch(undefined),
  }),
  component: roomPage(() => import('./audit-page.tsx'), 'AuditPage'),
});

export const auditRoutePages = [auditRoute] as const;
