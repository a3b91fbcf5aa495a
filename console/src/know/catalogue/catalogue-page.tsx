import { ActionIcon, Button, Switch, Text, Tooltip } from '@mantine/core';
import { catalogRoutes, type ProductBody, type ProductSort } from '@mesure/contract/catalog';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { keepingBefore, pagesOf, queryOf, usePages } from '#platform/api';
import { formatPrice } from '#platform/format';
import { type Column, DataList, Empty, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { CatalogueFilters } from './catalogue-filters.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { switchProduct } from './switch-product.ts';

const route = getRouteApi('/inside/catalogue');

const serverSort: Readonly<Record<string, ProductSort>> = {
  sku: 'sku',
  '-sku': 'sku_desc',
  name: 'name',
  '-name': 'name_desc',
  price: 'price',
  '-price': 'price_desc',
  newest: 'newest',
};
const sorts = ['sku', 'name', 'price'] as const;
const saysYes = { yes: 'true', no: 'false' } as const;

export const CataloguePage = () => {
  const { t } = useWords();
  const search = route.useSearch();
  const { edit, add, ...asked } = search;
  const ask = useAsk<typeof search>();
  const navigate = useNavigate({ from: '/catalogue' });
  const may = useMay('marketer', 'admin');
  const query = {
    ...(asked.q === undefined ? {} : { search: asked.q }),
    ...(asked.category === undefined ? {} : { category: asked.category }),
    ...(asked.sensitive === undefined ? {} : { sensitive: saysYes[asked.sensitive] }),
    ...(asked.available === undefined ? {} : { available: saysYes[asked.available] }),
    ...(asked.sort === undefined ? {} : { sort: serverSort[asked.sort] }),
    limit: 200,
  };
  const { list, first } = usePages({
    ...pagesOf(catalogRoutes.listProducts, { cursor: 'after', query }),
    ...keepingBefore,
  });
  const { data: categories } = useQuery(queryOf(catalogRoutes.listProductCategories));
  const sensitive = categories?.items.reduce((sum, one) => sum + one.sensitive, 0) ?? 0;
  const filtered = [asked.category, asked.sensitive, asked.available].some((value) => value !== undefined);

  const open = (sku: string): void => void navigate({ search: (before) => ({ ...before, edit: sku }) });
  const close = (): void => ask({ edit: undefined, add: undefined });
  const switchOf = (product: ProductBody, what: 'sensitive' | 'available') => (
    <Switch
      aria-label={t(`catalogue.${what}Of`, { name: product.name || product.sku })}
      checked={product[what]}
      disabled={!may}
      onChange={({ currentTarget }) => void switchProduct(product, what, currentTarget.checked)}
    />
  );
  const columns: readonly Column<ProductBody>[] = [
    {
      key: 'name',
      title: t('catalogue.name'),
      width: 'minmax(6.5rem, 3fr)',
      cell: ({ name, sku }) => (
        <Text size="sm" fw={500} truncate title={name}>
          {name || sku}
        </Text>
      ),
    },
    {
      key: 'sku',
      title: t('catalogue.sku'),
      width: 'minmax(6rem, 1fr)',
      from: 'sm',
      cell: ({ sku }) => (
        <Text size="sm" truncate title={sku}>
          {sku}
        </Text>
      ),
    },
    {
      key: 'category',
      title: t('catalogue.category'),
      from: 'md',
      width: 'minmax(6rem, 1fr)',
      cell: ({ category }) => category || t('catalogue.noCategory'),
    },
    {
      key: 'price',
      title: t('catalogue.price'),
      width: '7rem',
      align: 'end',
      from: 'sm',
      tuck: true,
      cell: ({ unitPrice, currency }) => formatPrice(unitPrice, currency),
    },
    {
      key: 'sensitive',
      title: t('catalogue.sensitive'),
      width: '5.5rem',
      cell: (row) => switchOf(row, 'sensitive'),
    },
    {
      key: 'available',
      title: t('catalogue.available'),
      width: '6rem',
      cell: (row) => switchOf(row, 'available'),
    },
    {
      key: 'edit',
      title: t('common.edit'),
      width: '4.5rem',
      from: 'sm',
      cell: ({ sku, name }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('catalogue.edit', { name: name || sku })}
          onClick={() => open(sku)}
        >
          <IconPencil size={16} aria-hidden />
        </ActionIcon>
      ),
    },
  ];

  const addButton = (
    <Tooltip label={t('catalogue.mayNot')} disabled={may}>
      <Button
        leftSection={<IconPlus size={18} aria-hidden />}
        // A disabled button would take no focus, and its reason could not be read.
        {...(may ? {} : { 'data-disabled': true })}
        aria-disabled={!may}
        onClick={() =>
          may ? void navigate({ search: (before) => ({ ...before, add: true as const }) }) : undefined
        }
      >
        {t('catalogue.add')}
      </Button>
    </Tooltip>
  );
  return (
    <Page
      wide
      title={t('catalogue.title')}
      answer={
        categories
          ? `${t('catalogue.answer', { count: categories.total })} ${t('catalogue.answerRest', { count: sensitive })}`
          : '\u00a0'
      }
      actions={addButton}
    >
      <DataList
        label={t('catalogue.label')}
        {...list}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ sku }) => open(sku)}
        search={asked.q ?? ''}
        searchLabel={t('catalogue.searchLabel')}
        onSearch={(text) => ask({ q: text || undefined })}
        sorts={sorts}
        {...(asked.sort === undefined ? {} : { sort: asked.sort })}
        onSort={(sort) => ask({ sort: sort as typeof asked.sort })}
        filters={<CatalogueFilters asked={asked} categories={categories?.items ?? []} onAsk={ask} />}
        filtered={filtered}
        onClearFilters={() => void navigate({ search: {} })}
        empty={
          <Empty
            title={t('catalogue.empty')}
            hint={t('catalogue.emptyHint')}
            action={
              <Button renderRoot={(props) => <Link to="/imports/new" {...props} />}>
                {t('catalogue.emptyAction')}
              </Button>
            }
          />
        }
        {...(first ? { total: first.total } : {})}
      />
      <ProductDialog
        key={edit ?? String(add)}
        sku={edit}
        adding={add === true}
        known={list.rows?.find(({ sku }) => sku === edit)}
        categories={(categories?.items ?? []).map(({ category }) => category).filter((name) => name !== '')}
        onClose={close}
      />
    </Page>
  );
};
