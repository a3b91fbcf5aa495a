/** At most `max` UTF-16 units, never half a character: PostgreSQL's jsonb refuses those. */
export const clip = (text: string, max: number): string =>
  text.length > max ? text.slice(0, max).toWellFormed() : text;

/**
 * The same text in memory of its own. A piece of a longer string keeps the whole of it alive in V8: what outlives its
 * line must not hold a quarter of a megabyte of the file.
 */
export const ownCopy = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Ids that spreadsheets turned into decimals come back as they were: "17850.0" → "17850". */
export const cleanId = (raw: string): string => {
  const id = raw.trim();
  const point = id.indexOf('.');
  return point > 0 && /^\d+\.0+$/u.test(id) ? id.slice(0, point) : id;
};

/** What exports write where nobody is known. WooCommerce writes 0 for guests. */
const nobody = new Set([
  '',
  '0',
  '-',
  'null',
  'none',
  'nan',
  'n/a',
  'na',
  'guest',
  'unknown',
  'inconnu',
  'invité',
  'anonymous',
  'anonyme',
]);

export const cleanCustomerId = (raw: string): string => {
  const id = cleanId(raw);
  return nobody.has(id.toLowerCase()) ? '' : id;
};

const address = /^[^\s@<>"(),:;[\\\]]+@[^\s@<>"(),:;[\\\]]+\.[^\s@.]{2,}$/u;

/** The address as written, trimmed; null when it cannot be one. */
export const cleanEmail = (raw: string): string | null => {
  const email = raw.trim().replace(/^mailto:/iu, '');
  return email.length <= 254 && address.test(email) ? email : null;
};

const yesWords = new Set([
  'yes',
  'y',
  'true',
  '1',
  'x',
  'oui',
  'o',
  'vrai',
  'granted',
  'opt in',
  'optin',
  'opt-in',
  'subscribed',
  'abonné',
  'abonne',
  'inscrit',
  'accepté',
  'accepted',
]);
const noWords = new Set([
  'no',
  'n',
  'false',
  '0',
  'non',
  'faux',
  'withdrawn',
  'opt out',
  'optout',
  'opt-out',
  'unsubscribed',
  'désabonné',
  'desabonne',
  'désinscrit',
  'refusé',
  'refused',
]);

export const readYesNo = (raw: string): boolean | null => {
  const word = raw.trim().toLowerCase();
  if (yesWords.has(word)) return true;
  return noWords.has(word) ? false : null;
};

const cancelledWords = new Set([
  'cancelled',
  'canceled',
  'voided',
  'failed',
  'expired',
  'trash',
  'draft',
  'checkout draft',
  'annulée',
  'annulee',
  'annulé',
  'annule',
  'échouée',
  'echouee',
  'échoué',
  'expirée',
  'brouillon',
  'abandonnée',
  'abandonnee',
]);
const refundedWords = new Set([
  'refunded',
  'returned',
  'remboursée',
  'remboursee',
  'remboursé',
  'rembourse',
  'retournée',
  'retourné',
]);

export type OrderStatus = 'completed' | 'cancelled' | 'refunded';

/** Orders that were given up or paid back as a whole. Every other status counts as an order: it was placed. */
export const readStatus = (raw: string): OrderStatus => {
  const word = raw.trim().toLowerCase().replace(/^wc-/u, '').replace(/[-_]/gu, ' ');
  if (cancelledWords.has(word)) return 'cancelled';
  return refundedWords.has(word) ? 'refunded' : 'completed';
};

const currencySigns: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY' };

export const readCurrency = (raw: string): string | null => {
  const text = raw.trim().toUpperCase();
  const code = currencySigns[text] ?? text;
  return /^[A-Z]{3}$/u.test(code) ? code : null;
};

/** First word is the first name, the rest the last name: the best that can be done with one column. */
export const splitFullName = (raw: string): readonly [string, string] => {
  const words = raw.trim().split(/\s+/u);
  return [words[0] ?? '', words.slice(1).join(' ')];
};

export const readLanguage = (raw: string): 'fr' | 'en' | null => {
  const word = raw.trim().toLowerCase();
  if (/^(fr|fra|fre|french|français|francais)([-_]|$)/u.test(word)) return 'fr';
  return /^(en|eng|english|anglais)([-_]|$)/u.test(word) ? 'en' : null;
};

const zones = new Map<string, string | null>();
const KNOWN_ZONES = 2_000;

/** An IANA zone such as `Europe/Paris`; an offset or an abbreviation knows no summer time and is not one. */
export const readTimeZone = (written: string): string | null => {
  const known = zones.get(written);
  if (known !== undefined) return known;
  let zone: string | null = null;
  if (/^[A-Za-z]+\/[A-Za-z_+\-/0-9]+$/.test(written)) {
    try {
      zone = new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions().timeZone;
    } catch {
      zone = null;
    }
  }
  if (zones.size < KNOWN_ZONES) zones.set(ownCopy(written), zone);
  return zone;
};
