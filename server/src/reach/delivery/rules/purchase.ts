import type { Product } from '#know/catalog';
import type { Tx } from '#platform/postgres';
import { allow, block, type Facts, type Rule, type Verdict } from '../rule.ts';
import type { SendProduct } from '../send.ts';

export interface LastPurchase {
  readonly at: Date;
  readonly category: string;
}

export interface PurchasePort {
  readonly last: (tx: Tx, profileIds: readonly string[]) => Promise<ReadonlyMap<string, ReadonlyMap<string, LastPurchase>>>;
  /** Days until a product of this category is usually bought again. */
  readonly rebuyDelays: (tx: Tx) => Promise<ReadonlyMap<string, number>>;
}

/** For a category nobody has bought from twice yet. */
export const DEFAULT_REBUY_DAYS = 30;

export interface ChoiceInput {
  readonly candidates: readonly SendProduct[];
  readonly purchases: ReadonlyMap<string, LastPurchase> | undefined;
  readonly delays: ReadonlyMap<string, number>;
  readonly catalog: ReadonlyMap<string, Pick<Product, 'available' | 'sensitive'>>;
  readonly personalised: boolean;
  readonly productCount: number;
  readonly now: Date;
}

/** The first `productCount` recorded candidates, on sale still, not bought within their category's rebuy delay. */
export const chooseProducts = (input: ChoiceInput): Pick<Facts, 'products' | 'removedProducts'> => {
  const products: SendProduct[] = [];
  const removedProducts: { sku: string; reason: string }[] = [];
  for (const candidate of input.candidates) {
    const bought = input.purchases?.get(candidate.sku);
    const days = bought ? (input.delays.get(bought.category) ?? DEFAULT_REBUY_DAYS) : 0;
    const product = input.catalog.get(candidate.sku);
    if (!product?.available) {
      removedProducts.push({ sku: candidate.sku, reason: 'unavailable' });
    } else if (product.sensitive) {
      removedProducts.push({ sku: candidate.sku, reason: 'sensitive' });
    } else if (!input.personalised && candidate.reason !== 'popular') {
      removedProducts.push({ sku: candidate.sku, reason: 'not_personalised' });
    } else if (bought && bought.at.getTime() + days * 86_400_000 > input.now.getTime()) {
      removedProducts.push({ sku: candidate.sku, reason: 'purchase' });
    } else if (products.length < input.productCount) {
      products.push(candidate);
    }
  }
  return { products, removedProducts };
};

/** What was just bought gives way to the next recorded candidate; with none left the message is not sent. */
export const createPurchase = (port: PurchasePort): Rule => ({
  name: 'purchase',
  moments: ['claim'],
  judge: async ({ tx, now, run, catalog }, sends) => {
    if (run.productCount === 0) return sends.map(() => allow);
    const purchases = await port.last(
      tx,
      sends.map(({ profileId }) => profileId),
    );
    const delays = await port.rebuyDelays(tx);
    return sends.map(({ profileId, candidates, facts }): Verdict => {
      const choice = chooseProducts({
        candidates,
        purchases: purchases.get(profileId),
        delays,
        catalog,
        personalised: facts.personalised,
        productCount: run.productCount,
        now,
      });
      if (choice.products.length > 0) return { kind: 'allow', facts: choice };
      return block(choice.removedProducts.some(({ reason }) => reason === 'purchase') ? 'purchase' : 'no_product');
    });
  },
});
