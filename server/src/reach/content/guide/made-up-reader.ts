import { buildContext, type RenderContext } from '../context.ts';
import type { MessageLanguage } from '../message.ts';

const WORDS = {
  en: {
    city: 'York',
    country: 'GB',
    sender: 'The Shop Ltd',
    address: '1 Market Street, York',
    campaign: 'Spring news',
    products: ['Stoneware teapot', 'Linen tea towel', 'Breakfast tea, 100 g'],
  },
  fr: {
    city: 'Lyon',
    country: 'FR',
    sender: 'La Boutique SAS',
    address: '1 rue du Marché, Lyon',
    campaign: 'Nouvelles du printemps',
    products: ['Théière en grès', 'Torchon de lin', 'Thé du matin, 100 g'],
  },
} as const;

const PRICES = ['34.9', '12.5', '8.9'];
const REASONS = ['rebuy', 'popular_in_category', 'popular'];

/** Somebody who does not exist, for starters and for a shop that knows nobody yet. */
export const madeUpReader = (language: MessageLanguage): RenderContext => {
  const words = WORDS[language];
  return buildContext({
    language,
    profile: {
      firstName: 'Camille',
      lastName: 'Martin',
      email: 'camille@example.test',
      city: words.city,
      country: words.country,
      language,
      traits: {},
    },
    products: words.products.map((name, index) => ({
      sku: `example-${index + 1}`,
      name,
      unitPrice: PRICES[index] ?? '10',
      currency: language === 'fr' ? 'EUR' : 'GBP',
      url: `https://example.test/products/${index + 1}`,
      imageUrl: null,
      reason: REASONS[index] ?? 'popular',
    })),
    links: {
      unsubscribe: 'https://example.test/unsubscribe',
      preferences: 'https://example.test/preferences',
      why: 'https://example.test/why',
    },
    sender: { name: words.sender, address: words.address },
    campaignName: words.campaign,
  });
};
