import type { Random } from '@mesure/engine/random';
import { type Category, categories } from './categories.ts';
import { adjectives } from './names.ts';

export interface ShopProduct {
  readonly sku: string;
  readonly category: Category;
  readonly name: { readonly fr: string; readonly en: string };
  readonly priceCents: number;
  /** How much people like it beside the others of its shelf. */
  readonly appeal: number;
}

/** `count` products over all shelves; popularity on a shelf falls off like 1/rank^0.8, as it does in shops. */
export const makeProducts = (random: Random, count: number): readonly ShopProduct[] =>
  Array.from({ length: count }, (_, index) => {
    const category = categories[index % categories.length] as Category;
    const rank = Math.floor(index / categories.length);
    const noun = category.nouns[rank % category.nouns.length] ?? ['Objet', 'Thing'];
    const adjective = adjectives[(rank * 7 + index) % adjectives.length] ?? ['', ''];
    const cents = Math.max(
      190,
      Math.round(random.lognormal(Math.log(category.medianCents), 0.5) / 10) * 10 - 1,
    );
    return {
      sku: `${category.key.slice(0, 3).toUpperCase()}-${String(index + 1).padStart(4, '0')}`,
      category,
      name: { fr: `${noun[0]} ${adjective[0]}`, en: `${noun[1]} ${adjective[1]}` },
      priceCents: cents,
      appeal: (rank + 1) ** -0.8,
    };
  });
