import { catalogRoutes, type ProductBody } from '@mesure/contract/catalog';
import type { InfiniteData } from '@tanstack/react-query';
import { call, queryClient, refresh } from '#platform/api';
import { tellError, tellWithUndo } from '#platform/feedback';
import { say } from '#words';

export type Switch = 'sensitive' | 'available';

interface ProductPage {
  readonly items: readonly ProductBody[];
}

const isPages = (data: unknown): data is InfiniteData<ProductPage> =>
  typeof data === 'object' && data !== null && 'pages' in data;

const show = (sku: string, changed: Partial<ProductBody>): void => {
  queryClient.setQueriesData({ queryKey: ['catalog', catalogRoutes.listProducts.path] }, (data: unknown) =>
    isPages(data)
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.sku === sku ? { ...item, ...changed } : item)),
          })),
        }
      : data,
  );
};

const save = async (sku: string, changed: { readonly [K in Switch]?: boolean }): Promise<void> => {
  show(sku, changed);
  await call(catalogRoutes.saveProducts, { body: { items: [{ sku, ...changed }] } });
  await refresh('catalog');
};

const told = (name: string, what: Switch, on: boolean): string => {
  if (what === 'sensitive')
    return on ? say('catalogue.nowSensitive', { name }) : say('catalogue.nowNotSensitive', { name });
  return on ? say('catalogue.nowAvailable', { name }) : say('catalogue.nowNotAvailable', { name });
};

/** Seen at once, saved behind it, taken back by one press; refused: as it was before. */
export const switchProduct = async (product: ProductBody, what: Switch, on: boolean): Promise<void> => {
  try {
    await save(product.sku, { [what]: on });
    tellWithUndo(told(product.name || product.sku, what, on), () => save(product.sku, { [what]: !on }));
  } catch (error) {
    show(product.sku, { [what]: !on });
    tellError(error);
  }
};
