import type { Random } from '@mesure/engine/random';
import type { Order } from './orders.ts';
import type { ShopProduct } from './products.ts';

/** The shop's export, one line per order line, with the small dirt that exports have. */
export const exportColumns = [
  'Order ID',
  'Order date',
  'Status',
  'Customer ID',
  'Email',
  'First name',
  'Last name',
  'Language',
  'Country',
  'Region',
  'City',
  'Time zone',
  'SKU',
  'Product name',
  'Category',
  'Quantity',
  'Unit price',
  'Currency',
  'Gift wrap',
  'Delivery name',
  'Newsletter consent',
  'Newsletter consent date',
  'Newsletter consent source',
  'Click tracking consent',
  'Personalisation consent',
] as const;

export const consentSource = 'formulaire de commande, version 3';

const quote = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const money = (cents: number): string => (cents / 100).toFixed(2);

/** Wall-clock time in Paris without zone, as exports have it. */
const parisTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const customerCells = (order: Order): readonly string[] => {
  const { customer } = order;
  const { place } = customer;
  return [
    customer.id,
    customer.email,
    customer.firstName,
    customer.lastName,
    customer.language,
    place.country,
    place.region,
    place.city,
    place.timeZone,
  ];
};

const consentCells = (order: Order): readonly string[] => {
  const granted = (purpose: string) => order.customer.consents.find((consent) => consent.purpose === purpose);
  const newsletter = granted('prospecting');
  return [
    newsletter ? 'yes' : 'no',
    newsletter ? newsletter.at.toISOString() : '',
    newsletter ? consentSource : '',
    granted('click_tracking') ? 'yes' : 'no',
    granted('personalisation') ? 'yes' : 'no',
  ];
};

const noCustomer: readonly string[] = ['', '', '', '', '', 'FR', '', '', ''];
const noConsent: readonly string[] = ['', '', '', '', ''];

const lineCells = (order: Order, product: ShopProduct): readonly string[] => [
  product.sku,
  product.name[order.customer.language],
  product.category.key,
];

/** Yields the text of the export in chunks of lines, header first. A cancelled order keeps its lines and says so. */
export function* exportOrders(random: Random, orders: readonly Order[]): Generator<string> {
  yield `${exportColumns.join(',')}\n`;
  for (const order of orders) {
    const guest = random.chance(0.02);
    const when = parisTime.format(order.at);
    const person = guest ? noCustomer : customerCells(order);
    const consents = guest ? noConsent : consentCells(order);
    const gift = [order.gift?.wrap ? 'yes' : 'no', order.gift?.recipient ?? ''];
    const rows: string[][] = [];
    for (const { product, quantity } of order.lines) {
      const price = random.chance(0.002) ? 0 : product.priceCents;
      const row = [
        order.id,
        when,
        order.status,
        ...person,
        ...lineCells(order, product),
        String(quantity),
        money(price),
        'EUR',
        ...gift,
        ...consents,
      ];
      rows.push(row);
      if (random.chance(0.003)) rows.push(row);
      if (order.status === 'refunded') rows.push([...row.slice(0, 15), String(-quantity), ...row.slice(16)]);
    }
    if (random.chance(0.3)) {
      rows.push([
        order.id,
        when,
        order.status,
        ...person,
        'POST',
        'Frais de port / Postage',
        'postage',
        '1',
        '4.90',
        'EUR',
        ...gift,
        ...consents,
      ]);
    }
    yield rows.map((row) => `${row.map(quote).join(',')}\n`).join('');
  }
}
