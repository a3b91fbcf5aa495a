import { List, Stack, Text } from '@mantine/core';
import { recommendRoutes } from '@mesure/contract/recommend';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { Empty, ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { Stored } from './stored.tsx';

/** What a message would show this person if it left now, and why each of it. */
export const ProductsTab = ({ id }: { readonly id: string }) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const products = useQuery(
    queryOf(recommendRoutes.listRecommendations, { params: { id }, query: { count: 12, language } }),
  );
  if (products.error) return <ErrorNotice error={products.error} onRetry={() => void products.refetch()} />;
  if (!products.data) return <Loading lines={6} height={48} />;
  if (products.data.items.length === 0)
    return <Empty title={t('people.products.empty')} hint={t('people.products.emptyHint')} />;
  return (
    <Panel title={t('people.products.title')} hint={t('people.products.hint')}>
      <List type="ordered" spacing="sm" size="sm">
        {products.data.items.map((product) => (
          <List.Item key={product.sku}>
            <Stack gap={0}>
              <Text size="sm" fw={500}>
                <Stored>{product.name}</Stored>
              </Text>
              <Text size="sm">
                <Stored>{product.words}</Stored>
              </Text>
              <Text size="xs" c="var(--mesure-quiet)">
                <Stored>{`${product.category} · ${product.sku}`}</Stored>
              </Text>
            </Stack>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
};
