import { ownCopy } from './written-values.ts';

/** What a line sells. Everything but `product` stays out of the catalogue, of last purchases and of popularity. */
export type ItemKind =
  | 'product'
  | 'postage'
  | 'fee'
  | 'manual'
  | 'discount'
  | 'sample'
  | 'gift_card'
  | 'adjustment';

/**
 * Patterns match the whole name or the whole code, so that a "postage stamp cushion" or a "delivery van toy" stays the
 * product that it is.
 */
const byName: readonly (readonly [ItemKind, RegExp])[] = [
  [
    'postage',
    /^(?:(?:\S+ )?postage|carriage|postage (?:and|&) packing|p ?& ?p|(?:free |standard |express |next day )?(?:shipping|delivery)(?: (?:charges?|costs?|fees?))?|freight|frais de (?:port|livraison|transport|d envoi|d'envoi|d’envoi)|port(?: et emballage)?|livraison(?: (?:à domicile|express|standard|offerte|gratuite))?|transport)$/u,
  ],
  [
    'fee',
    /^(?:(?:[\w.&-]+ ){0,2}(?:fees?|charges?|surcharge|commission)|frais(?: (?:bancaires?|de (?:dossier|gestion|paiement|service)|supplémentaires))|commissions? .{0,30}|éco-?participation|ecotax|eco-?tax|écotaxe)$/u,
  ],
  [
    'manual',
    /^(?:manual(?: (?:entry|line|item))?|saisie manuelle|ligne manuelle|article divers|divers|misc(?:ellaneous)?)$/u,
  ],
  [
    'discount',
    /^(?:(?:\S+ )?(?:discount|rebate)|(?:promo(?:tional)? )?(?:code|coupon)(?: promo)?|coupon .{0,30}|promo code .{0,30}|remise(?: .{0,30})?|réduction(?: .{0,30})?|rabais|ristourne|code promo .{0,30})$/u,
  ],
  ['sample', /^(?:(?:free )?samples?|échantillons?(?: gratuits?| offerts?)?)$/u],
  [
    'gift_card',
    /^(?:.{0,30}\b)?(?:gift (?:vouchers?|cards?|certificates?)|carte cadeau|cartes? cadeaux?|chèque cadeau|chèques? cadeaux?|bon cadeau|bon d['’]achat)(?: .{0,15})?$/u,
  ],
  [
    'adjustment',
    /^(?:adjust(?:ment)?(?:s)?(?: .{0,40})?|.{0,20}\bbad debt|ajustement(?: .{0,40})?|régularisation(?: .{0,40})?|avoir)$/u,
  ],
];

const bySku = new Map<string, ItemKind>([
  ...[
    'post',
    'postage',
    'p&p',
    'ship',
    'shipping',
    'delivery',
    'freight',
    'carriage',
    'port',
    'livraison',
    'fdp',
    'dot',
  ].map((sku) => [sku, 'postage'] as const),
  ...['fee', 'fees', 'bank charges', 'amazonfee', 'commission', 'frais'].map((sku) => [sku, 'fee'] as const),
  ...['m', 'manual', 'manuel', 'misc', 'divers'].map((sku) => [sku, 'manual'] as const),
  ...['d', 'discount', 'remise', 'coupon', 'promo', 'rebate'].map((sku) => [sku, 'discount'] as const),
  ...['s', 'sample', 'samples', 'echantillon', 'échantillon'].map((sku) => [sku, 'sample'] as const),
  ...['gift card', 'gift-card', 'giftcard', 'voucher'].map((sku) => [sku, 'gift_card'] as const),
  ...['adjust', 'adjustment', 'ajustement'].map((sku) => [sku, 'adjustment'] as const),
]);

const classify = (sku: string, name: string): ItemKind => {
  const byCode = bySku.get(sku.toLowerCase());
  if (byCode !== undefined) return byCode;
  const plainName = name.toLowerCase().replace(/\s+/gu, ' ').trim();
  return byName.find(([, pattern]) => pattern.test(plainName))?.[0] ?? 'product';
};

/** What a line sells, with code and name as strings that later lines share. */
export interface Item {
  readonly sku: string;
  readonly name: string;
  readonly kind: ItemKind;
}

/** A product is sold on thousands of lines, nearly always under one name: what it is, is decided once. */
export const createItems = (maxRemembered = 200_000): ((sku: string, name: string) => Item) => {
  const lastOf = new Map<string, Item>();
  return (sku, name) => {
    const last = lastOf.get(sku);
    if (last?.name === name) return last;
    if (last === undefined && lastOf.size >= maxRemembered) lastOf.clear();
    const item = { sku: last?.sku ?? ownCopy(sku), name: ownCopy(name), kind: classify(sku, name) };
    lastOf.set(item.sku, item);
    return item;
  };
};
