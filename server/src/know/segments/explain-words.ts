import type { ProfileField } from '@mesure/contract/segments';

export type Tongue = 'fr' | 'en';
type Both = Readonly<Record<Tongue, string>>;

export const fieldWords: Readonly<Record<ProfileField, Both>> = {
  external_id: { en: 'external id', fr: 'identifiant externe' },
  email_domain: { en: 'e-mail domain', fr: 'domaine de l’adresse e-mail' },
  first_name: { en: 'first name', fr: 'prénom' },
  last_name: { en: 'last name', fr: 'nom' },
  language: { en: 'language', fr: 'langue' },
  country: { en: 'country', fr: 'pays' },
  region: { en: 'region', fr: 'région' },
  city: { en: 'city', fr: 'ville' },
  time_zone: { en: 'time zone', fr: 'fuseau horaire' },
};

export const itemWords = {
  sku: { en: 'SKU', fr: 'référence' },
  name: { en: 'name', fr: 'nom' },
  category: { en: 'category', fr: 'catégorie' },
  quantity: { en: 'quantity', fr: 'quantité' },
  unitPrice: { en: 'unit price', fr: 'prix unitaire' },
} as const satisfies Readonly<Record<string, Both>>;

/** Events by what people did; any other is quoted by its name. */
export const eventWords: Readonly<
  Record<string, { readonly did: Both; readonly didNot: Both; readonly last: Both }>
> = {
  order_completed: {
    did: { en: 'ordered', fr: 'a commandé' },
    didNot: { en: 'did not order', fr: 'n’a pas commandé' },
    last: { en: 'last order', fr: 'dernière commande' },
  },
  order_refunded: {
    did: { en: 'was refunded', fr: 'a été remboursé' },
    didNot: { en: 'was not refunded', fr: 'n’a pas été remboursé' },
    last: { en: 'last refund', fr: 'dernier remboursement' },
  },
  page_viewed: {
    did: { en: 'viewed a page', fr: 'a consulté une page' },
    didNot: { en: 'viewed no page', fr: 'n’a consulté aucune page' },
    last: { en: 'last page view', fr: 'dernière page consultée' },
  },
  message_accepted: {
    did: { en: 'received a message', fr: 'a reçu un message' },
    didNot: { en: 'received no message', fr: 'n’a reçu aucun message' },
    last: { en: 'last message', fr: 'dernier message reçu' },
  },
  message_clicked: {
    did: { en: 'clicked in a message', fr: 'a cliqué dans un message' },
    didNot: { en: 'did not click in a message', fr: 'n’a cliqué dans aucun message' },
    last: { en: 'last click', fr: 'dernier clic' },
  },
  message_bounced: {
    did: { en: 'had a message bounce', fr: 'a eu un message en erreur' },
    didNot: { en: 'had no message bounce', fr: 'n’a eu aucun message en erreur' },
    last: { en: 'last bounce', fr: 'dernière erreur d’envoi' },
  },
  unsubscribed: {
    did: { en: 'unsubscribed', fr: 's’est désabonné' },
    didNot: { en: 'did not unsubscribe', fr: 'ne s’est pas désabonné' },
    last: { en: 'last unsubscription', fr: 'dernier désabonnement' },
  },
};

export const words = {
  everybody: { en: 'everybody', fr: 'tout le monde' },
  and: { en: ' and ', fr: ' et ' },
  or: { en: ' or ', fr: ' ou ' },
  not: { en: 'not', fr: 'sauf' },
  is: { en: 'is', fr: 'est' },
  isOneOf: { en: 'is one of', fr: 'est l’un de' },
  contains: { en: 'contains', fr: 'contient' },
  known: { en: 'is known', fr: 'est connu' },
  gt: { en: 'is more than', fr: 'est supérieur à' },
  gte: { en: 'is at least', fr: 'est d’au moins' },
  lt: { en: 'is less than', fr: 'est inférieur à' },
  lte: { en: 'is at most', fr: 'est d’au plus' },
  between: { en: 'is between', fr: 'est compris entre' },
  emailKnown: { en: 'has an e-mail address', fr: 'a une adresse e-mail' },
  emailIs: { en: 'has an e-mail address whose domain', fr: 'a une adresse e-mail dont le domaine' },
  itemWith: { en: 'with an item whose', fr: 'avec un article dont' },
  where: { en: 'where', fr: 'avec' },
  spent: { en: 'money spent', fr: 'montant dépensé' },
} as const satisfies Readonly<Record<string, Both>>;
