import type { Brand, BrandLogo } from '@mesure/contract/settings';
import type { InjectOptions } from 'fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createDecisions } from '#choose/policy';
import { type ConsentRoom, createConsentRoom, type LegalEntity, type Purpose } from '#guard/consent';
import type { NewEvent } from '#know/collect';
import { createHttp, type Http } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { createLinks, type Links, type LinkTarget } from './links.ts';
import { createPages } from './pages.ts';

// A new person for each test of the file that imports this.
export let stores: TestStores;
export let guard: ConsentRoom;
export let http: Http;
export let links: Links;
export let entity: LegalEntity;
export let target: LinkTarget;
export let profileId: string;
export let email: string;
export const decisions = createDecisions();
export let events: NewEvent[] = [];
let collectFails = false;
let brandNow: Brand = { name: null, accentColor: null };
let logoNow: BrandLogo | null = null;
/** From now to the end of the test. */
export const dressAs = (brand: Brand, logo: BrandLogo | null): void => {
  brandNow = brand;
  logoNow = logo;
};
/** From now to the end of the test, no event can be appended. */
export const failToCollect = (): void => {
  collectFails = true;
};

export const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);
export const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

beforeAll(async () => {
  stores = await createTestStores();
  guard = createConsentRoom({ ...stores, audit: { record: async () => undefined } });
  links = createLinks({ tokens: stores.tokens, publicUrl: '' });
  http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async () => null,
    tables: [],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  http.pages(
    createPages({
      ...stores,
      guard,
      decisions,
      collect: {
        append: async (_tx, appended) => {
          if (collectFails) throw new Error('the log is down');
          events.push(...appended);
        },
      },
      profiles: {
        byIds: async (_tx, ids) => new Map(ids.map((id) => [id, { email, language: 'fr', simulated: true }])),
      },
      settings: {
        get: async () => ({
          name: 'Atelier',
          language: 'en',
          timeZone: 'Europe/Paris',
          brand: brandNow,
        }),
        logos: { shown: async () => logoNow },
      },
    }),
    { crossSite: true },
  );
  await http.app.ready();
  const actor = {
    kind: 'account',
    id: 'a',
    name: 'A',
    roles: ['admin'],
    workspaceId: stores.workspaceId,
    personId: 'a',
  } as const;
  await inTx(async (tx) => {
    entity = await guard.entities.save(
      tx,
      {
        name: 'Atelier SAS',
        address: '1 rue A, Lyon',
        contactEmail: 'dpo@example.test',
        privacyUrl: 'https://example.test/p',
      },
      actor,
    );
    await guard.topics.save(
      tx,
      [
        { key: 'coffee', nameEn: 'Coffee', nameFr: 'Café' },
        { key: 'tea', nameEn: 'Tea', nameFr: 'Thé' },
      ],
      actor,
    );
  });
});
afterAll(async () => {
  await http.stop();
  await stores.close();
});

beforeEach(async () => {
  events = [];
  collectFails = false;
  dressAs({ name: null, accentColor: null }, null);
  profileId = stores.ids.next();
  email = `${profileId}@example.test`;
  target = {
    workspaceId: stores.workspaceId,
    entityId: entity.id,
    profileId,
    campaignId: '0190dddd-0000-7000-8000-000000000002',
    variant: 'b',
    sendId: stores.ids.next(),
    decisionId: null,
  };
  await inTx((tx) => guard.consent.append(tx, (['prospecting', 'click_tracking'] as const).map(granted)));
});

export const granted = (purpose: Purpose) => ({
  profileId,
  entityId: entity.id,
  channel: 'email' as const,
  purpose,
  state: 'granted' as const,
  at: new Date('2025-05-05T10:00:00Z'),
  proof: { method: 'form' as const, source: 'caisse', wording: `Mots exacts : ${purpose}`, simulated: true },
});

export const standing = async (purpose: Purpose) =>
  (
    await inTx((tx) =>
      guard.consent.standing(tx, {
        profileIds: [profileId],
        entityId: entity.id,
        channel: 'email',
        purposes: [purpose],
      }),
    )
  ).get(profileId)?.[purpose];
export const historyLength = async () => (await inTx((tx) => guard.consent.history(tx, profileId))).length;

export const get = (url: string, headers: Record<string, string> = {}) => http.app.inject({ url, headers });
export const post = (
  url: string,
  form: Record<string, string | string[]>,
  headers: Record<string, string> = {},
) => {
  const body = new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  );
  const options: InjectOptions = {
    method: 'POST',
    url,
    payload: body.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  };
  return http.app.inject(options);
};
