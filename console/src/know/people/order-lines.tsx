import { Table } from '@mantine/core';
import type { TimelineEntryBody } from '@mesure/contract/profiles';
import { formatMoney, formatNumber } from '#platform/format';
import { useWords } from '#words';
import { Stored } from './stored.tsx';

type Order = NonNullable<TimelineEntryBody['order']>;

/** The lines of an order with what they came to. */
export const OrderLines = ({ order }: { readonly order: Order }) => {
  const { t } = useWords();
  const end = { ta: 'end', style: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' } } as const;
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.orders.product')}</Table.Th>
            <Table.Th ta="end">{t('people.orders.quantity')}</Table.Th>
            <Table.Th ta="end">{t('people.orders.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {order.items.map((item, line) => (
            // Two lines of one order may be alike in everything.
            <Table.Tr key={`${item.sku} ${String(line)}`}>
              <Table.Td>
                <Stored>{item.name || item.sku}</Stored>
              </Table.Td>
              <Table.Td {...end}>{formatNumber(Number(item.quantity))}</Table.Td>
              <Table.Td {...end}>{formatMoney(item.totalMinor, order.currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th colSpan={2}>{t('people.orders.total')}</Table.Th>
            <Table.Th {...end}>{formatMoney(order.revenueMinor, order.currency)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
};
