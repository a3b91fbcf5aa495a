import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { insideRoute, roomPage } from '#platform/routing';

const reportRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/campaigns/$id/report',
  validateSearch: z.object({
    measure: z.enum(['conversion', 'revenue']).optional().catch(undefined),
    scale: z.enum(['absolute', 'relative']).optional().catch(undefined),
  }),
  component: roomPage(() => import('./report-page.tsx'), 'ReportPage'),
});

export const reportPages = [reportRoute] as const;
