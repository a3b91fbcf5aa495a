import type { Product } from '#know/catalog';
import type { Tx } from '#platform/postgres';
import { allow, block, type Facts, type Rule, type Verdict } from '../rule.ts';
import type { SendProduct } from '../send.ts';

export interface PurchasePort {
  /** Which of these products each person bought within the category's usual rebuy delay; people with none are absent. */
  readonly purchaseBrake: (
    tx: Tx,
    query: {
      readonly profileIds: readonly string[];
      readonly skusByProfile: ReadonlyMap<string, readonly string[]>;
      readonly now: Date;
    },
  ) => Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

export interface ChoiceInput {
  readonly candidates: readonly SendProduct[];
  readonly bought: ReadonlySet<string> | undefined;
  readonly catalog: ReadonlyMap<string, Pick<Product, 'available' | 'sensitive'>>;
  readonly personalised: boolean;
  readonly productCount: number;
}

const whyNot = ({ sku, reason }: SendProduct, input: ChoiceInput): string | null => {
  const product = input.catalog.get(sku);
  if (!product?.available) return 'unavailable';
  if (product.sensitive) return 'sensitive';
  if (!input.personalised && reason !== 'popular') return 'not_personalised';
  return input.bought?.has(sku) ? 'purchase' : null;
};

/** The first `productCount` recorded candidates that may still be shown; the others with the reason why not. */
export const chooseProducts = (input: ChoiceInput): Pick<Facts, 'products' | 'removedProducts'> => {
  const products: SendProduct[] = [];
  const removedProducts: { sku: string; reason: string }[] = [];
  for (const candidate of input.candidates) {
    const reason = whyNot(candidate, input);
    if (reason) removedProducts.push({ sku: candidate.sku, reason });
    else if (products.length < input.productCount) products.push(candidate);
  }
  return { products, removedProducts };
};

/** What was just bought gives way to the next recorded candidate; with none left the message is not sent. */
export const createPurchase = (port: PurchasePort): Rule => ({
  name: 'purchase',
  moments: ['claim'],
  judge: async ({ tx, now, run, catalog }, sends) => {
    if (run.productCount === 0) return sends.map(() => allow);
    const skusByProfile = new Map(
      sends.map(({ profileId, candidates }) => [profileId, candidates.map(({ sku }) => sku)]),
    );
    const bought = await port.purchaseBrake(tx, {
      profileIds: [...skusByProfile.keys()],
      skusByProfile,
      now,
    });
    return sends.map(({ profileId, candidates, facts }): Verdict => {
      const choice = chooseProducts({
        candidates,
        bought: bought.get(profileId),
        catalog,
        personalised: facts.personalised,
        productCount: run.productCount,
      });
      if (choice.products.length > 0) return { kind: 'allow', facts: choice };
      return block(
        choice.removedProducts.some(({ reason }) => reason === 'purchase') ? 'purchase' : 'no_product',
      );
    });
  },
});
