import { Group, Stack, Text } from '@mantine/core';
import { profilesRoutes } from '@mesure/contract/profiles';
import { pagesOf, usePages } from '#platform/api';
import { formatDate, formatMoney } from '#platform/format';
import { Empty, ErrorNotice, Loading, LoadMore, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { OrderLines } from './order-lines.tsx';

const eventsOf = (id: string, name: string, limit: number) =>
  pagesOf(profilesRoutes.getProfileTimeline, { cursor: 'after', params: { id }, query: { name, limit } });

/** What a person ordered, with lines and money; refunds beside the order they belong to. */
export const OrdersTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const orders = usePages(eventsOf(id, 'order_completed', 20)).list;
  const { rows: refunded = [] } = usePages(eventsOf(id, 'order_refunded', 200)).list;
  const { rows: items, error, onRetry } = orders;
  if (error) return <ErrorNotice error={error} onRetry={onRetry} />;
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
      {orders.hasMore ? (
        <LoadMore {...orders} />
      ) : (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.orders.all', { count: items.length })}
        </Text>
      )}
    </Stack>
  );
};
