import { Button, Group, Stack, Text } from '@mantine/core';
import { profilesRoutes } from '@mesure/contract/profiles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { pagesOf } from '#platform/api';
import { formatDate, formatMoney } from '#platform/format';
import { Empty, ErrorNotice, Loading, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { OrderLines } from './order-lines.tsx';

const eventsOf = (id: string, name: string, limit: number) =>
  pagesOf(profilesRoutes.getProfileTimeline, { cursor: 'after', params: { id }, query: { name, limit } });

/** What a person ordered, with lines and money; refunds beside the order they belong to. */
export const OrdersTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const orders = useInfiniteQuery(eventsOf(id, 'order_completed', 20));
  const refunds = useInfiniteQuery(eventsOf(id, 'order_refunded', 200));
  const items = orders.data?.pages.flatMap((page) => page.items);
  const refunded = refunds.data?.pages.flatMap((page) => page.items) ?? [];
  if (orders.error) return <ErrorNotice error={orders.error} onRetry={() => void orders.refetch()} />;
  if (!items) return <Loading lines={6} height={48} />;
  if (items.length === 0)
    return <Empty title={t('people.orders.empty')} hint={t('people.orders.emptyHint')} />;
  return (
    <Stack gap="md">
      {items.map(({ eventId, at, order }) =>
        order === null ? null : (
          <Panel
            key={eventId}
            title={t('people.orders.title', { date: formatDate(at) })}
            hint={t('people.orders.number', { id: order.id })}
            actions={
              <Group gap="xs">
                {refunded
                  .filter((refund) => refund.order?.id === order.id)
                  .map((refund) => (
                    <StateBadge key={refund.eventId} tone="caution">
                      {t('people.orders.refunded', {
                        money: formatMoney(-(refund.order?.revenueMinor ?? 0), order.currency),
                        date: formatDate(refund.at),
                      })}
                    </StateBadge>
                  ))}
              </Group>
            }
          >
            <OrderLines order={order} />
          </Panel>
        ),
      )}
      {orders.hasNextPage ? (
        <Group>
          <Button
            variant="default"
            loading={orders.isFetchingNextPage}
            onClick={() => void orders.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.orders.all', { count: items.length })}
        </Text>
      )}
    </Stack>
  );
};
