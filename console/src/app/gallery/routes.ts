import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { insideRoute, roomPage } from '#platform/routing';

export const galleryRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/gallery',
  validateSearch: z.object({
    scheme: z.enum(['light', 'dark']).optional().catch(undefined),
    lang: z.enum(['en', 'fr']).optional().catch(undefined),
  }),
  component: roomPage(() => import('./gallery-page.tsx'), 'GalleryPage'),
});
