import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { insideRoute, roomPage } from '#platform/routing';

const flag = z.enum(['yes', 'no']).optional().catch(undefined);

export const catalogueRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/catalogue',
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    /** Empty: products without a category. */
    category: z.string().max(200).optional().catch(undefined),
    sensitive: flag,
    available: flag,
    sort: z.enum(['sku', '-sku', 'name', '-name', 'price', '-price', 'newest']).optional().catch(undefined),
    /** The code of the product that is open. */
    edit: z.string().max(200).optional().catch(undefined),
    add: z.literal(true).optional().catch(undefined),
  }),
  component: roomPage(() => import('./catalogue-page.tsx'), 'CataloguePage'),
});

export const catalogueRoutePages = [catalogueRoute] as const;
