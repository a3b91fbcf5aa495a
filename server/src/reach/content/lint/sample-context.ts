import type { RenderContext, RenderProduct } from '../context.ts';
import type { MessageLanguage } from '../message.ts';

/** Words that no template contains by itself, so that finding them in the result proves that a field is shown. */
export const SAMPLE = {
  senderName: 'Mesure-Sample-Sender',
  senderAddress: 'Mesure-Sample-Address',
  unsubscribe: 'https://example.test/sample/unsubscribe',
  preferences: 'https://example.test/sample/preferences',
  why: 'https://example.test/sample/why',
} as const;

const product = (number: number): RenderProduct => ({
  sku: `sample-${number}`,
  name: `Sample product ${number}`,
  price: '19,90 €',
  url: `https://example.test/products/${number}`,
  image_url: `https://example.test/images/${number}.png`,
  reason: 'Sample reason',
});

/** Everybody has these; the rest of a profile may be missing. */
export const poorContext = (language: MessageLanguage): RenderContext => ({
  profile: { email: 'sample@example.test', language, traits: {} },
  products: [1, 2, 3, 4, 5, 6].map(product),
  links: { unsubscribe: SAMPLE.unsubscribe, preferences: SAMPLE.preferences, why: SAMPLE.why },
  sender: { name: SAMPLE.senderName, address: SAMPLE.senderAddress },
  campaign: { name: 'Sample campaign' },
});

const RICH: Readonly<Record<string, string>> = {
  first_name: 'Camille',
  last_name: 'Martin',
  email: 'sample@example.test',
  city: 'Lyon',
  country: 'FR',
  language: 'fr',
};

/** `profile.city` or `profile.traits.size` gets a value; other paths are left alone and give undefined. */
export const withField = (context: RenderContext, path: string): RenderContext | undefined => {
  const [root, field = '', trait] = path.split('.');
  if (root !== 'profile') {
    return undefined;
  }
  const { profile } = context;
  if (field === 'traits' && trait !== undefined && !(trait in profile.traits)) {
    return { ...context, profile: { ...profile, traits: { ...profile.traits, [trait]: 'Sample' } } };
  }
  const value = RICH[field];
  return value === undefined || field in profile
    ? undefined
    : { ...context, profile: { ...profile, [field]: value } };
};

export const richContext = (language: MessageLanguage, traits: readonly string[]): RenderContext => ({
  ...poorContext(language),
  profile: { ...RICH, language, traits: Object.fromEntries(traits.map((trait) => [trait, 'Sample'])) },
});
