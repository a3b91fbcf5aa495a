import { describe, expect, it } from 'vitest';
import { correctMapping, guessImport } from './guess.ts';

const guess = (
  header: readonly string[],
  records: readonly (readonly string[])[],
  delimiter: ',' | ';' = ',',
) =>
  guessImport({ encoding: 'utf-8', delimiter, header, records, timeZone: 'Europe/Paris', currency: 'EUR' });

describe('guessImport', () => {
  it('reads English headers', () => {
    const { mapping } = guess(
      [
        'InvoiceNo',
        'StockCode',
        'Description',
        'Quantity',
        'InvoiceDate',
        'UnitPrice',
        'CustomerID',
        'Country',
      ],
      [['536365', '85123A', 'HOLDER', '6', '2010-12-01 08:26:00', '2.55', '17850.0', 'United Kingdom']],
    );
    expect(mapping.columns).toEqual({
      orderId: 'InvoiceNo',
      sku: 'StockCode',
      productName: 'Description',
      quantity: 'Quantity',
      orderDate: 'InvoiceDate',
      unitPrice: 'UnitPrice',
      customerId: 'CustomerID',
      country: 'Country',
    });
  });

  it('reads French headers, decimal commas and day first', () => {
    const { mapping, dateIsAmbiguous } = guess(
      [
        'N° de commande',
        'Date de commande',
        'N° client',
        'Adresse e-mail',
        'Prénom',
        'Nom',
        'Ville',
        'Réf. produit',
        'Désignation',
        'Famille',
        'Qté',
        'Prix unitaire TTC',
        'Montant',
      ],
      [
        [
          'C1',
          '23/08/2024 10:15',
          '12',
          'a@b.fr',
          'Zoé',
          'Petit',
          'Lyon',
          'R1',
          'Savon',
          'Soin',
          '2',
          '3,50',
          '7,00',
        ],
      ],
      ';',
    );
    expect(mapping.columns).toEqual({
      orderId: 'N° de commande',
      orderDate: 'Date de commande',
      customerId: 'N° client',
      email: 'Adresse e-mail',
      firstName: 'Prénom',
      lastName: 'Nom',
      city: 'Ville',
      sku: 'Réf. produit',
      productName: 'Désignation',
      category: 'Famille',
      quantity: 'Qté',
      unitPrice: 'Prix unitaire TTC',
      lineTotal: 'Montant',
    });
    expect(mapping).toMatchObject({ decimal: ',', dateFormat: 'dmy' });
    expect(dateIsAmbiguous).toBe(false);
  });

  it('recognises a Shopify export', () => {
    const header = [
      'Name',
      'Email',
      'Financial Status',
      'Paid at',
      'Accepts Marketing',
      'Currency',
      'Total',
      'Created at',
      'Lineitem quantity',
      'Lineitem name',
      'Lineitem price',
      'Lineitem sku',
      'Billing Name',
      'Billing City',
      'Billing Country',
      'Cancelled at',
      'Vendor',
    ];
    const { preset, mapping } = guess(header, [
      [
        '#1001',
        'a@b.fr',
        'paid',
        '',
        'no',
        'EUR',
        '12',
        '2024-01-05 10:30:00 +0100',
        '1',
        'Mug',
        '12.00',
        'M1',
        'Zoé Petit',
        'Lyon',
        'FR',
        '',
        'V',
      ],
    ]);
    expect(preset).toBe('shopify');
    expect(mapping.fillDown).toBe(true);
    expect(mapping.consents).toEqual([]);
    expect(mapping.columns).toMatchObject({
      orderId: 'Name',
      productName: 'Lineitem name',
      fullName: 'Billing Name',
      orderDate: 'Created at',
      status: 'Financial Status',
    });
  });

  it('recognises WooCommerce exports with one row per item', () => {
    const skyverge = guess(
      [
        'order_id',
        'order_number',
        'date',
        'status',
        'billing_email',
        'billing_first_name',
        'item_name',
        'item_sku',
        'item_quantity',
        'item_total',
      ],
      [['1', '1', '2024-01-05', 'completed', 'a@b.fr', 'Zoé', 'Mug', 'M1', '1', '12.00']],
    );
    expect(skyverge.preset).toBe('woocommerce');
    expect(skyverge.mapping.columns).toMatchObject({
      orderId: 'order_number',
      email: 'billing_email',
      lineTotal: 'item_total',
    });
    const advanced = guess(
      [
        'Order Number',
        'Order Status',
        'Order Date',
        'First Name (Billing)',
        'Email (Billing)',
        'SKU',
        'Item Name',
        'Quantity (- Refund)',
        'Item Cost',
      ],
      [['1', 'Completed', '2024-01-05 10:00', 'Zoé', 'a@b.fr', 'M1', 'Mug', '1', '12.00']],
    );
    expect(advanced.preset).toBe('woocommerce');
    expect(advanced.mapping.columns).toMatchObject({
      quantity: 'Quantity (- Refund)',
      unitPrice: 'Item Cost',
      email: 'Email (Billing)',
    });
  });

  it('goes by content where headers say nothing, and does not believe one that lies', () => {
    const { mapping, reasons } = guess(
      ['a', 'b', 'date', 'qty', 'price'],
      [
        ['x@y.fr', '03/02/2024 10:00', 'soon', '1', '2.5'],
        ['z@y.fr', '14/02/2024 11:00', 'late', '2', '3.5'],
      ],
    );
    expect(mapping.columns.email).toBe('a');
    expect(mapping.columns.orderDate).toBe('b');
    expect(reasons.find(({ field }) => field === 'orderDate')?.by).toBe('content');
  });
});

describe('correctMapping', () => {
  const { mapping } = guess(
    ['order', 'date', 'product', 'price', 'client'],
    [['1', '2024-01-01', 'Mug', '2.50', '7']],
  );
  it('lays corrections over the guess and moves a column that was guessed elsewhere', () => {
    const corrected = correctMapping(mapping, {
      columns: { sku: 'product', customerId: null },
      currency: 'GBP',
    });
    expect(corrected.columns).toEqual({
      orderId: 'order',
      orderDate: 'date',
      unitPrice: 'price',
      sku: 'product',
    });
    expect(corrected.currency).toBe('GBP');
    expect(corrected.timeZone).toBe('Europe/Paris');
  });
});
