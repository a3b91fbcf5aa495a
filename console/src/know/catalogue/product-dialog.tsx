import { Modal } from '@mantine/core';
import { catalogRoutes, type ProductBody } from '@mesure/contract/catalog';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { Empty, ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { ProductForm } from './product-form.tsx';

interface ProductDialogProps {
  readonly sku: string | undefined;
  readonly adding: boolean;
  /** The product, where the list has it already. */
  readonly known: ProductBody | undefined;
  readonly categories: readonly string[];
  readonly onClose: () => void;
}

export const ProductDialog = ({ sku, adding, known, categories, onClose }: ProductDialogProps) => {
  const { t } = useWords();
  const asked = useQuery({
    ...queryOf(catalogRoutes.listProducts, { query: { search: sku ?? '', limit: 500 } }),
    enabled: sku !== undefined && known === undefined,
  });
  const product = known ?? asked.data?.items.find((one) => one.sku === sku);
  const title = adding
    ? t('catalogue.addTitle')
    : t('catalogue.editTitle', { name: product?.name || (sku ?? '') });
  return (
    <Modal opened={adding || sku !== undefined} onClose={onClose} title={title} size="lg">
      {adding || product ? (
        <ProductForm product={product} categories={categories} onDone={onClose} />
      ) : asked.error ? (
        <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} />
      ) : asked.data ? (
        <Empty title={t('common.error.notFound')} hint={t('common.error.notFoundHint')} />
      ) : (
        <Loading />
      )}
    </Modal>
  );
};
