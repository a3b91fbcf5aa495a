import type { RenderContext, RenderProduct } from '../context.ts';
import type { Both } from '../message.ts';

export interface FieldWords {
  readonly label: Both;
  /** Everybody has it: no fallback is needed. */
  readonly always?: true;
}

type Words<T> = Readonly<Record<keyof T, FieldWords>>;

const always = (en: string, fr: string): FieldWords => ({ label: { en, fr }, always: true });
const maybe = (en: string, fr: string): FieldWords => ({ label: { en, fr } });

/** Every field of `RenderContext`, in words: one that is added there does not compile until it is named here. */
export const FIELD_WORDS: {
  readonly profile: Words<Omit<RenderContext['profile'], 'traits'>>;
  readonly products: Words<RenderProduct>;
  readonly links: Words<RenderContext['links']>;
  readonly sender: Words<RenderContext['sender']>;
  readonly campaign: Words<RenderContext['campaign']>;
} = {
  profile: {
    first_name: maybe('First name', 'Prénom'),
    last_name: maybe('Last name', 'Nom'),
    email: always('E-mail address', 'Adresse électronique'),
    city: maybe('Town', 'Ville'),
    country: maybe('Country code', 'Code du pays'),
    language: maybe('Language', 'Langue'),
  },
  products: {
    sku: always('Reference of the product', 'Référence du produit'),
    name: always('Name of the product', 'Nom du produit'),
    price: always('Price, as it is read', 'Prix, tel qu’il se lit'),
    url: maybe('Page of the product', 'Page du produit'),
    image_url: maybe('Picture of the product', 'Image du produit'),
    reason: always('Why it is shown', 'Pourquoi il est proposé'),
  },
  links: {
    unsubscribe: always('Unsubscribe', 'Se désabonner'),
    preferences: always('Choose what one receives', 'Choisir ce que l’on reçoit'),
    why: always('Why did I get this?', 'Pourquoi ai-je reçu ceci ?'),
  },
  sender: {
    name: always('Legal name of the sender', 'Nom légal de l’expéditeur'),
    address: always('Postal address of the sender', 'Adresse postale de l’expéditeur'),
  },
  campaign: { name: always('Name of the campaign', 'Nom de la campagne') },
};

export type FieldRoot = keyof typeof FIELD_WORDS;
export const FIELD_ROOTS = Object.keys(FIELD_WORDS) as readonly FieldRoot[];

export const fieldsOf = (root: FieldRoot): readonly string[] => Object.keys(FIELD_WORDS[root]);
