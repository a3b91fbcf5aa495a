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

const productChange = z.strictObject({
  sku: z.string().trim().min(1).max(200),
  name: z.string().max(1000).optional(),
  category: z.string().max(200).optional(),
  unitPrice: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a decimal such as 12.90, with at most six decimals')
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .optional(),
  imageUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .optional(),
  sensitive: z.boolean().optional(),
  available: z.boolean().optional(),
});

export const productSorts = [
  'sku',
  'sku_desc',
  'name',
  'name_desc',
  'price',
  'price_desc',
  'newest',
] as const;
export const productSortSchema = z.enum(productSorts);
export type ProductSort = z.infer<typeof productSortSchema>;

const price = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a decimal such as 12.90, with at most six decimals');
const yesOrNo = z.enum(['true', 'false']);

export const catalogRoutes = {
  listProducts: route({
    method: 'GET',
    path: '/api/products',
    summary: 'List the catalogue',
    tag: 'catalog',
    access: 'signed-in',
    query: z.object({
      search: z
        .string()
        .max(200)
        .optional()
        .describe('Beginning of a SKU or of a name; any case, with or without accents'),
      category: z
        .string()
        .max(200)
        .optional()
        .describe('Exactly this one; empty: products without a category'),
      sensitive: yesOrNo.optional(),
      available: yesOrNo.optional(),
      minPrice: price.optional().describe('Major units, included'),
      maxPrice: price.optional().describe('Major units, included'),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      sort: productSortSchema.optional().describe('Default sku'),
      limit: z.coerce.number().int().min(1).max(500).optional().describe('Default 100'),
      after: z.string().max(3000).optional().describe('The `next` of the page before'),
    }),
    response: z.object({
      items: z.array(productSchema),
      next: z.string().optional(),
      total: z.int().describe('All products that the filters let through'),
    }),
  }),
  listProductCategories: route({
    method: 'GET',
    path: '/api/products/categories',
    summary: 'The categories of the catalogue by name, with how many products each has',
    tag: 'catalog',
    access: 'signed-in',
    response: z.object({
      items: z
        .array(
          z.object({
            category: z.string().describe('Empty: products without one'),
            products: z.int(),
            available: z.int(),
            sensitive: z.int(),
          }),
        )
        .describe('At most 1,000, the largest'),
      total: z.int().describe('All products'),
    }),
  }),
  saveProducts: route({
    method: 'PUT',
    path: '/api/products',
    summary: 'Add products or complete known ones, by SKU; what is not named stays as it is',
    tag: 'catalog',
    access: ['marketer', 'admin'],
    body: z.strictObject({ items: z.array(productChange).min(1).max(20_000) }),
    response: z.object({ saved: z.int(), created: z.int() }),
  }),
} as const;
