import type { MessageLanguage } from './message.ts';

export type TraitValue = string | number | boolean;

export interface RenderProduct {
  readonly sku: string;
  readonly name: string;
  /** Formatted for the message's language. */
  readonly price: string;
  readonly url?: string;
  readonly image_url?: string;
  /** Why it is shown, in words. */
  readonly reason: string;
}

/** Everything a template can say. A field without a value is left out, so that reading it is an error with its name. */
export interface RenderContext {
  readonly profile: {
    readonly first_name?: string;
    readonly last_name?: string;
    readonly email?: string;
    readonly city?: string;
    readonly country?: string;
    readonly language?: string;
    readonly traits: Readonly<Record<string, TraitValue>>;
  };
  readonly products: readonly RenderProduct[];
  /** The recipient's own addresses of the customers' pages. They are never replaced by tracked links. */
  readonly links: { readonly unsubscribe: string; readonly preferences: string; readonly why: string };
  /** Legal name and postal address of who sends (L-09). */
  readonly sender: { readonly name: string; readonly address: string };
  readonly campaign: { readonly name: string };
}

/** What `buildContext` needs of a profile and a product: the shapes of know/profiles and know/catalog fit. */
export interface ContextProfile {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly language: string | null;
  readonly traits: Readonly<Record<string, TraitValue>>;
}

export interface ContextProduct {
  readonly sku: string;
  readonly name: string;
  /** Decimal string. */
  readonly unitPrice: string;
  readonly currency: string;
  readonly url: string | null;
  readonly imageUrl: string | null;
  /** `rebuy` | `popular_in_category` | `popular`; anything else is said like `popular`. */
  readonly reason: string;
}

export interface ContextInput {
  readonly language: MessageLanguage;
  readonly profile: ContextProfile;
  readonly products: readonly ContextProduct[];
  readonly links: RenderContext['links'];
  readonly sender: RenderContext['sender'];
  readonly campaignName: string;
}

const REASONS: Readonly<Record<string, Readonly<Record<MessageLanguage, string>>>> = {
  rebuy: { en: 'It may be time for a new one', fr: 'Il est peut-être temps d’en reprendre' },
  popular_in_category: {
    en: 'Liked by people who buy what you buy',
    fr: 'Apprécié dans vos rayons habituels',
  },
  popular: { en: 'Liked by our customers', fr: 'Apprécié de nos clients' },
};

const LOCALES: Readonly<Record<MessageLanguage, string>> = { en: 'en-GB', fr: 'fr-FR' };
const formats = new Map<string, Intl.NumberFormat>();

/** `unitPrice` may be finer than a minor unit; a reader sees the currency's own digits. */
export const formatPrice = (amount: string, currency: string, language: MessageLanguage): string => {
  const key = `${language} ${currency}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency });
  formats.set(key, format);
  return format.format(Number(amount));
};

const present = <K extends string>(
  fields: Readonly<Record<K, string | null>>,
): Partial<Record<K, string>> => {
  const result: Partial<Record<K, string>> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== null && value.trim() !== '') {
      result[key] = value;
    }
  }
  return result;
};

export const buildContext = (input: ContextInput): RenderContext => {
  const { profile, language } = input;
  return {
    profile: {
      ...present({
        first_name: profile.firstName,
        last_name: profile.lastName,
        email: profile.email,
        city: profile.city,
        country: profile.country,
        language: profile.language,
      }),
      traits: profile.traits,
    },
    products: input.products.map((product) => ({
      sku: product.sku,
      name: product.name,
      price: formatPrice(product.unitPrice, product.currency, language),
      reason: (REASONS[product.reason] ?? REASONS.popular)?.[language] ?? '',
      ...present({ url: product.url, image_url: product.imageUrl }),
    })),
    links: input.links,
    sender: input.sender,
    campaign: { name: input.campaignName },
  };
};
