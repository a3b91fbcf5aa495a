import type { ImportField } from '@mesure/contract/imports';
import { plainWords } from './header-words.ts';

export interface Preset {
  readonly name: 'shopify' | 'woocommerce';
  /** All of these columns are there, in plain words, or it is something else. */
  readonly signature: readonly string[];
  readonly columns: Readonly<Partial<Record<ImportField, readonly string[]>>>;
  readonly fillDown: boolean;
}

/** Shopify, Orders → Export. One row per line item; the order's own columns are filled on its first row only. */
const shopify: Preset = {
  name: 'shopify',
  signature: ['name', 'lineitem quantity', 'lineitem name', 'lineitem price'],
  columns: {
    orderId: ['name'],
    orderDate: ['created at'],
    email: ['email'],
    fullName: ['billing name', 'shipping name'],
    phone: ['phone', 'billing phone', 'shipping phone'],
    country: ['billing country', 'shipping country'],
    region: ['billing province', 'shipping province'],
    city: ['billing city', 'shipping city'],
    sku: ['lineitem sku'],
    productName: ['lineitem name'],
    quantity: ['lineitem quantity'],
    unitPrice: ['lineitem price'],
    currency: ['currency'],
    status: ['financial status'],
    cancelledAt: ['cancelled at'],
  },
  fillDown: true,
};

/** WooCommerce has no export of its own: the columns of its two usual extensions, one row per item. */
const customerColumns: Preset['columns'] = {
  customerId: ['customer id', 'customer user', 'customer user id'],
  email: ['billing email', 'email billing', 'customer email'],
  firstName: ['billing first name', 'first name billing'],
  lastName: ['billing last name', 'last name billing'],
  phone: ['billing phone', 'phone billing'],
  country: ['billing country', 'country code billing', 'country name billing'],
  region: ['billing state', 'state code billing', 'state name billing'],
  city: ['billing city', 'city billing'],
  currency: ['order currency', 'currency'],
};

const wooItemRows: Preset = {
  name: 'woocommerce',
  signature: ['order number', 'billing email', 'item name', 'item quantity'],
  columns: {
    ...customerColumns,
    orderId: ['order number', 'order id'],
    orderDate: ['order date', 'date'],
    sku: ['item sku', 'item product id', 'item id'],
    productName: ['item name'],
    quantity: ['item quantity'],
    lineTotal: ['item total'],
    status: ['status', 'order status'],
  },
  fillDown: false,
};

const wooAdvanced: Preset = {
  name: 'woocommerce',
  signature: ['order number', 'order status', 'item name', 'item cost'],
  columns: {
    ...customerColumns,
    orderId: ['order number'],
    orderDate: ['order date'],
    sku: ['sku', 'product id'],
    productName: ['item name'],
    category: ['category'],
    quantity: ['quantity', 'quantity refund'],
    unitPrice: ['item cost'],
    lineTotal: ['order line total', 'order line subtotal'],
    status: ['order status'],
  },
  fillDown: true,
};

export const presets: readonly Preset[] = [shopify, wooItemRows, wooAdvanced];

/** Some WooCommerce exports put all items of an order in one cell: they cannot be read line by line. */
export const hasPackedItems = (header: readonly string[]): boolean => {
  const words = header.map(plainWords);
  return (
    words.includes('line items') || words.includes('line item 1') || words.includes('product item 1 name')
  );
};

export const findPreset = (header: readonly string[]): Preset | null => {
  const words = new Set(header.map(plainWords));
  return presets.find((preset) => preset.signature.every((column) => words.has(column))) ?? null;
};
