import type { Random } from '@mesure/engine/random';
import { type Category, categories } from './categories.ts';
import { firstNames, lastNames, type Place, places } from './names.ts';
import { weighted } from './weighted.ts';

/** What a message does to this person: the truth that reports are compared with. Nobody but the simulator sees it. */
export type Response = 'buys-anyway' | 'persuadable' | 'unmoved' | 'annoyed';

export interface Consent {
  readonly purpose: 'prospecting' | 'click_tracking' | 'personalisation';
  readonly at: Date;
}

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: 'fr' | 'en';
  readonly place: Place;
  readonly since: Date;
  /** Orders per year when nobody writes to them. */
  readonly ordersPerYear: number;
  readonly taste: ReadonlyMap<Category, number>;
  readonly response: Response;
  readonly consents: readonly Consent[];
  /** Their mailbox no longer exists. */
  readonly bounces: boolean;
}

const dayMs = 86_400_000;

const responses: readonly (readonly [response: Response, share: number])[] = [
  ['buys-anyway', 0.12],
  ['persuadable', 0.3],
  ['unmoved', 0.5],
  ['annoyed', 0.08],
];

const consentShares = { prospecting: 0.7, click_tracking: 0.55, personalisation: 0.8 } as const;

const drawTaste = (random: Random): ReadonlyMap<Category, number> => {
  const taste = new Map<Category, number>();
  const shelves = random.integer(1, 4);
  while (taste.size < shelves) {
    const shelf = weighted(random, categories, (category) => (category.sensitive ? 0.35 : 1));
    taste.set(shelf, 0.3 + random.uniform());
  }
  return taste;
};

const drawConsents = (random: Random, since: Date): readonly Consent[] => {
  if (!random.chance(consentShares.prospecting)) return [];
  const granted: Consent[] = [{ purpose: 'prospecting', at: since }];
  if (random.chance(consentShares.click_tracking)) granted.push({ purpose: 'click_tracking', at: since });
  if (random.chance(consentShares.personalisation)) granted.push({ purpose: 'personalisation', at: since });
  return granted;
};

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z]/g, '')
    .toLowerCase();

export const makeCustomers = (
  random: Random,
  options: { readonly count: number; readonly from: Date; readonly until: Date },
): readonly Customer[] =>
  Array.from({ length: options.count }, (_, index) => {
    const home = weighted(random, places, (candidate) => candidate.weight);
    const firstName = random.choice(firstNames[home.language]);
    const lastName = random.choice(lastNames[home.language]);
    const bounces = random.chance(0.015);
    const span = options.until.getTime() - options.from.getTime();
    // Half were customers before the first month, the others came along the way.
    const since = new Date(
      options.from.getTime() + Math.max(0, random.uniform() * 2 - 1) * (span - 20 * dayMs),
    );
    return {
      id: String(10_000 + index),
      email: `${bounces ? 'bounce-' : ''}${plain(firstName)}.${plain(lastName)}.${index + 1}@example.test`,
      firstName,
      lastName,
      language: home.language,
      place: home,
      since,
      ordersPerYear: Math.min(30, 0.4 + random.exponential(1 / 3.6)),
      taste: drawTaste(random),
      response: weighted(random, responses, ([, share]) => share)[0],
      consents: drawConsents(random, since),
      bounces,
    };
  });
