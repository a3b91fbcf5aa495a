import { expect, it } from 'vitest';
import { createItems } from './item-kind.ts';

const itemOf = createItems();

it.each([
  ['POST', 'POSTAGE', 'postage'],
  ['DOT', '', 'postage'],
  ['X1', 'Frais de port', 'postage'],
  ['X1', 'Standard shipping', 'postage'],
  ['X1', 'Livraison express', 'postage'],
  ['BANK CHARGES', 'Bank Charges', 'fee'],
  ['X1', 'AMAZON FEE', 'fee'],
  ['X1', 'Frais de dossier', 'fee'],
  ['m', 'Manual', 'manual'],
  ['X1', 'Saisie manuelle', 'manual'],
  ['D', 'Discount', 'discount'],
  ['X1', 'Remise fidélité', 'discount'],
  ['S', 'SAMPLES', 'sample'],
  ['X1', 'Échantillon offert', 'sample'],
  ['gift_0001_20', 'Dotcomgiftshop Gift Voucher £20.00', 'gift_card'],
  ['X1', 'Carte cadeau 50 €', 'gift_card'],
  ['B', 'Adjust bad debt', 'adjustment'],
  ['22423', 'REGENCY CAKESTAND 3 TIER', 'product'],
  ['X1', 'Postage stamp cushion', 'product'],
  ['X1', 'Delivery van toy', 'product'],
  ['X1', 'Sample book of wallpapers', 'product'],
  ['X1', 'Porte-manteau', 'product'],
  ['X1', 'Manual coffee grinder', 'product'],
  ['MUG', '', 'product'],
])('%s %s is a %s', (sku, name, kind) => {
  expect(itemOf(sku, name)).toEqual({ sku, name, kind });
});
