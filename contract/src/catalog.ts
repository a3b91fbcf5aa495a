import { z } from 'zod';
import { route } from './route.ts';

/** `unitPrice`: a decimal in major units with up to six decimals, as text: prices below a minor unit stay exact. */
export const productSchema = z.object({
  id: z.uuid(),
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  unitPrice: z.string(),
  currency: z.string().describe('ISO 4217'),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  sensitive: z.boolean().describe('Never recommended'),
  available: z.boolean(),
});
export type ProductBody = z.infer<typeof productSchema>;

export const catalogRoutes = {
  listProducts: route({
    method: 'GET',
    path: '/api/products',
    summary: 'List the catalogue',
    tag: 'catalog',
    access: 'signed-in',
    query: z.object({
      search: z.string().max(200).optional().describe('Beginning of a SKU or of a name'),
      category: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(500).optional().describe('Default 100'),
      after: z.string().max(400).optional().describe('The `next` of the page before'),
    }),
    response: z.object({ items: z.array(productSchema), next: z.string().optional() }),
  }),
} as const;
