import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InjectOptions } from 'fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDecisions, type Decision } from '#choose/policy';
import { type ConsentRoom, createConsentRoom, type LegalEntity, type Purpose } from '#guard/consent';
import type { NewEvent } from '#know/collect';
import { createHttp, type Http } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { storedDecision } from './decision.fixture.ts';
import { createLinks, type Links, type LinkTarget } from './links.ts';
import { createPages } from './pages.ts';

let stores: TestStores;
let guard: ConsentRoom;
let http: Http;
let links: Links;
let entity: LegalEntity;
let target: LinkTarget;
let profileId: string;
let email: string;
const decisions = createDecisions();
let events: NewEvent[] = [];
let collectFails = false;

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

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
      settings: { get: async () => ({ name: 'Atelier', language: 'en', timeZone: 'Europe/Paris' }) },
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

const granted = (purpose: Purpose) => ({
  profileId,
  entityId: entity.id,
  channel: 'email' as const,
  purpose,
  state: 'granted' as const,
  at: new Date('2025-05-05T10:00:00Z'),
  proof: { method: 'form' as const, source: 'caisse', wording: `Mots exacts : ${purpose}`, simulated: true },
});

const standing = async (purpose: Purpose) =>
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
const historyLength = async () => (await inTx((tx) => guard.consent.history(tx, profileId))).length;

const get = (url: string, headers: Record<string, string> = {}) => http.app.inject({ url, headers });
const post = (url: string, form: Record<string, string | string[]>, headers: Record<string, string> = {}) => {
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

test('opening the unsubscribe page a hundred times changes nothing (E-04)', async () => {
  const url = links.unsubscribe(target);
  for (let again = 0; again < 100; again += 1) {
    const method = again % 2 ? 'GET' : 'HEAD';
    const answer = await http.app.inject({ method, url, headers: { 'user-agent': 'Barracuda' } });
    expect(answer.statusCode).toBe(200);
  }
  expect(await standing('prospecting')).toBe('granted');
  expect(await historyLength()).toBe(2);
  expect(events).toEqual([]);
});

const oneClick = 'List-Unsubscribe=One-Click';
const encodings = [
  ['application/x-www-form-urlencoded', oneClick],
  [
    'multipart/form-data; boundary=zz',
    '--zz\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--zz--\r\n',
  ],
] as const;

const raw = async (port: number, path: string, body: { readonly type: string; readonly payload: string }) => {
  const done = Promise.withResolvers<{ status: number | undefined; headers: Record<string, unknown> }>();
  const sent = httpRequest(
    {
      port,
      path,
      method: 'POST',
      headers: {
        'content-type': body.type,
        'content-length': Buffer.byteLength(body.payload),
        origin: 'https://mail.example',
      },
    },
    (response) => {
      response.resume();
      response.on('end', () => done.resolve({ status: response.statusCode, headers: response.headers }));
    },
  );
  sent.on('error', done.reject);
  sent.end(body.payload);
  return done.promise;
};

test.each(encodings)(
  'one click over raw HTTP: 200, no redirect, no cookie, one entry for ten calls: %s',
  async (type, payload) => {
    await http.app.listen({ port: 0, host: '127.0.0.1' }).catch(() => undefined);
    const { port } = http.app.server.address() as AddressInfo;
    for (let again = 0; again < 10; again += 1) {
      const answer = await raw(port, links.unsubscribe(target), { type, payload });
      expect(answer.status).toBe(200);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await standing('prospecting')).toBe('withdrawn');
    expect(await standing('click_tracking')).toBe('granted');
    const entries = await inTx((tx) => guard.consent.history(tx, profileId));
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({ state: 'withdrawn', proof: { method: 'one_click' } });
    expect(events).toMatchObject([
      { name: 'unsubscribed', profileId, text: { campaign_id: target.campaignId, variant: 'b' } },
    ]);
  },
);

test('a body that is missing or cannot be read still unsubscribes', async () => {
  const answer = await http.app.inject({ method: 'POST', url: links.unsubscribe(target) });
  expect(answer.statusCode).toBe(200);
  expect(await standing('prospecting')).toBe('withdrawn');
  const odd = { 'content-type': 'text/weird' };
  const again = await http.app.inject({
    method: 'POST',
    url: links.unsubscribe(target),
    payload: '\u0000',
    headers: odd,
  });
  expect(again.statusCode).toBe(200);
});

test('a link with any character changed opens nothing (E-05)', async () => {
  const paths = [links.unsubscribe(target), links.preferences(target)];
  for (const path of paths) {
    const start = path.lastIndexOf('/') + 1;
    for (let position = start; position < path.length; position += 1) {
      const other = path[position] === 'A' ? 'B' : 'A';
      const tampered = `${path.slice(0, position)}${other}${path.slice(position + 1)}`;
      const answer = await post(tampered, { 'List-Unsubscribe': 'One-Click', action: 'stop_all' });
      expect(answer.statusCode, `position ${position - start}`).toBe(404);
    }
  }
  expect((await post(links.why(target).replace('/p/why/', '/p/u/'), {})).statusCode).toBe(404);
  expect((await get('/p/u/')).statusCode).toBe(404);
  expect(await historyLength()).toBe(2);
});

test('headers: own stylesheet by its hash, no referrer, no index, no cookie, nothing stored', async () => {
  await inTx((tx) => decisions.record(tx, [storedDecision({ id: stores.ids.next(), profileId })]));
  for (const url of [links.unsubscribe(target), links.preferences(target), links.why(target)]) {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'/,
    );
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('<html lang="fr">');
    expect(answer.body).not.toMatch(/<script|style="|onclick|<link|<img/);
    expect(answer.body).toContain('Atelier SAS, 1 rue A, Lyon');
    expect((await get(`${url}?lang=en`)).body).toContain('<html lang="en">');
    expect((await get(`${url}?lang=<b>`)).body).toContain('<html lang="fr">');
  }
});

test('one click on the page, then the undo with the words beside it as proof', async () => {
  const done = await post(links.unsubscribe(target), { confirm: 'yes' });
  expect(done.body).toContain('Vous êtes désinscrit(e)');
  const undo =
    /<form method="post" action="([^"]+)">\s*<p>([^<]+)<\/p>\s*<button[^>]+value="agree_prospecting"/.exec(
      done.body,
    );
  const [, path = '', words = ''] = undo ?? [];
  const again = await post(path, { action: 'agree_prospecting' });
  expect(again.statusCode).toBe(200);
  expect(await standing('prospecting')).toBe('granted');
  const [entry] = await inTx((tx) => guard.consent.history(tx, profileId));
  expect(entry?.proof).toMatchObject({ method: 'page', wording: words, language: 'fr', simulated: true });
});

test('topics: what is left out is left, what comes back has its words, and undo restores', async () => {
  const url = links.preferences(target);
  const done = await post(`${url}?lang=en`, { action: 'topics', topic: 'tea' });
  expect(done.body).toContain('Your topics are saved.');
  expect(await standing('topic:coffee')).toBe('withdrawn');
  expect(await standing('topic:tea')).toBe('none');
  const before = [...done.body.matchAll(/type="hidden" name="topic" value="(\w+)"/g)].map(
    ([, key = '']) => key,
  );
  expect(before).toEqual(['coffee', 'tea']);
  await post(`${url}?lang=en`, { action: 'topics', topic: before });
  expect(await standing('topic:coffee')).toBe('granted');
  const [entry] = await inTx((tx) => guard.consent.history(tx, profileId));
  expect(entry?.proof.wording).toBe('I would like messages about: Coffee');
  const length = await historyLength();
  await post(url, { action: 'topics', topic: ['coffee', 'tea', 'invented'] });
  expect(await historyLength()).toBe(length);
});

test('a pause of thirty days, and its end', async () => {
  const url = links.preferences(target);
  const done = await post(url, { action: 'pause' });
  expect(done.body).toContain('2 avril 2026');
  const active = () => inTx((tx) => guard.pauses.active(tx, [profileId], stores.clock.now()));
  expect((await active()).get(profileId)).toEqual(new Date('2026-04-02T09:00:00.000Z'));
  expect((await post(url, { action: 'resume' })).body).toContain('La pause est terminée.');
  expect((await active()).size).toBe(0);
  expect(events.map(({ name, text }) => [name, text?.change])).toEqual([
    ['preferences_changed', 'pause'],
    ['preferences_changed', 'resume'],
  ]);
});

test('personalisation and recorded clicks stop one by one (L-03)', async () => {
  const url = links.preferences(target);
  await post(url, { action: 'stop_personalisation' });
  expect([await standing('personalisation'), await standing('click_tracking')]).toEqual([
    'withdrawn',
    'granted',
  ]);
  await post(url, { action: 'agree_personalisation' });
  await post(url, { action: 'stop_click_tracking' });
  expect([await standing('personalisation'), await standing('click_tracking')]).toEqual([
    'granted',
    'withdrawn',
  ]);
  expect(await standing('prospecting')).toBe('granted');
});

test('stopping all withdraws every purpose and keeps the address out; agreeing again brings back one purpose', async () => {
  const url = links.preferences(target);
  const suppressed = async () =>
    (await inTx((tx) => guard.suppression.suppressed(tx, 'email', [email]))).size;
  const done = await post(url, { action: 'stop_all' });
  expect(done.body).toContain('Tout le marketing est arrêté.');
  expect(done.body).not.toContain('value="stop_all"');
  for (const purpose of ['prospecting', 'personalisation', 'click_tracking'] as const) {
    expect(await standing(purpose)).toBe('withdrawn');
  }
  expect(await suppressed()).toBe(1);
  expect(events).toMatchObject([{ name: 'unsubscribed', text: { change: 'all' } }]);
  await post(url, { action: 'agree_prospecting' });
  expect(await suppressed()).toBe(0);
  expect([await standing('prospecting'), await standing('personalisation')]).toEqual([
    'granted',
    'withdrawn',
  ]);
});

test('agreeing does not lift a bounce, and the page says so', async () => {
  await inTx((tx) =>
    guard.suppression.add(tx, [
      { channel: 'email', address: email, reason: 'bounce', at: stores.clock.now() },
    ]),
  );
  const done = await post(links.preferences(target), { action: 'agree_prospecting' });
  expect(done.body).toContain('rien ne peut être envoyé à votre adresse');
});

test('an unknown choice changes nothing and says so', async () => {
  const done = await post(links.preferences(target), { action: 'drop_table', profileId: stores.ids.next() });
  expect(done.body).toContain('Rien n’a été modifié');
  expect(await historyLength()).toBe(2);
});

test('links of a test message change nothing', async () => {
  const nobody = { ...target, profileId: null };
  expect((await post(links.unsubscribe(nobody), {})).body).toContain('A test message');
  expect((await post(links.preferences(nobody), { action: 'stop_all' })).body).toContain('A test message');
  expect((await get(links.why(nobody))).body).toContain('A test message');
  expect(events).toEqual([]);
});

const tellWhy = async (change: Partial<Decision> = {}, language = 'fr'): Promise<string> => {
  const [entryId = ''] = await inTx((tx) => guard.consent.append(tx, [granted('prospecting')]));
  const decision = storedDecision({
    id: stores.ids.next(),
    profileId,
    legalBasis: { kind: 'consent', entryId },
    ...change,
  });
  await inTx((tx) => decisions.record(tx, [decision]));
  const answer = await get(`${links.why({ ...target, decisionId: decision.id })}?lang=${language}`);
  return answer.body;
};

test('why: every part of the record is told, and nothing else (W-10, W-11, W-14)', async () => {
  const body = await tellWhy();
  for (const words of [
    'Café de mars',
    'Votre café vous attend',
    '5 mai 2025',
    'Mots exacts : prospecting',
    'Simulé',
    'a commandé du café deux fois et vit à Lyon',
    'a commandé du café deux fois (pour vous : sept commandes)',
    'commandes de café',
    'Lyon',
    'Il y avait 3 versions',
    '1 sur 3',
    'tiré au sort (5',
    'Moka d’Éthiopie',
    'vous l’avez déjà acheté',
    'Moulin',
    'Filtres &lt;fins&gt; aurait été montré à la place',
    'S’il en avait été autrement de « vit à Lyon »',
    'CNIL',
    'dpo@example.test',
    'https://example.test/p',
  ]) {
    expect(body).toContain(words);
  }
  for (const hidden of ['Gel apaisant', 'Camille', email, 'vit à Nice']) expect(body).not.toContain(hidden);
});

test('why: changing the record changes the page (W-10, W-16)', async () => {
  const base = await tellWhy();
  const normal = (page: string): string => page.replaceAll(/\/p\/\w+\/[\w.-]+/g, 'LINK');
  expect(normal(await tellWhy())).toBe(normal(base));
  const stored = storedDecision({ id: '', profileId });
  const { outcome: _tree, ...sentence } = stored.audienceRule;
  const changes: Partial<Decision>[] = [
    { at: new Date('2026-02-01T00:00:00Z') },
    { message: { ...stored.message, subject: 'Autre objet' } },
    { message: { ...stored.message, campaignName: 'Autre campagne' } },
    { audienceRule: sentence },
    { audienceRule: { ...stored.audienceRule, values: [] } },
    { audienceRule: { ...stored.audienceRule, words: { en: 'other', fr: 'autre règle' } } },
    { probability: 0.2 },
    { probability: 1 },
    { choice: { ...stored.choice, variants: ['b'] } },
    { choice: { ...stored.choice, products: ['s2'] } },
    { choice: { ...stored.choice, products: [] } },
    { candidates: [] },
    { removed: [] },
    { experimentArms: [] },
  ];
  for (const change of changes)
    expect(normal(await tellWhy(change)), JSON.stringify(change)).not.toBe(normal(base));
});

test('why: it is told in English, and a record of somebody else or none is not shown', async () => {
  expect(await tellWhy({}, 'en')).toContain('Its chance was 33% (1 in 3).');
  const other = storedDecision({ id: stores.ids.next(), profileId: stores.ids.next() });
  await inTx((tx) => decisions.record(tx, [other]));
  for (const decisionId of [other.id, stores.ids.next()]) {
    const answer = await get(links.why({ ...target, decisionId }));
    expect(answer.body).toContain('Aucune trace');
    expect(answer.body).not.toContain('Café de mars');
  }
});

test('a click goes where its link says, with the person only while their consent stands (T-07)', async () => {
  const url = 'https://shop.example/coffee?a=1&b=2';
  const click = (withPerson: boolean, headers: Record<string, string> = { 'user-agent': browser }) =>
    get(links.click({ target, url, link: 4, withPerson }), headers);
  const answer = await click(true);
  expect([answer.statusCode, answer.headers.location, answer.headers['set-cookie']]).toEqual([
    302,
    url,
    undefined,
  ]);
  await click(false);
  await click(true, { 'user-agent': 'Mimecast scanner' });
  await inTx((tx) =>
    guard.consent.withdraw(tx, {
      profileIds: [profileId],
      entityIds: [entity.id],
      channel: 'email',
      purposes: ['click_tracking'],
      proof: { method: 'hand', source: 'phone' },
    }),
  );
  await click(true);
  await http.app.inject({ method: 'HEAD', url: links.click({ target, url, link: 4, withPerson: true }) });
  const told = events.map((event) => [
    event.profileId,
    event.text?.bot,
    event.text?.send_id,
    event.text?.link,
  ]);
  expect(told).toEqual([
    [profileId, 'no', target.sendId, '4'],
    [null, 'no', undefined, '4'],
    [null, 'yes', undefined, '4'],
    [null, 'no', undefined, '4'],
    [null, 'yes', undefined, '4'],
  ]);
});

test('a click that cannot be counted still arrives; a changed link goes nowhere (S-13)', async () => {
  const url = 'https://shop.example/coffee';
  const link = links.click({ target, url, link: 0, withPerson: false });
  collectFails = true;
  expect((await get(link, { 'user-agent': browser })).headers.location).toBe(url);
  for (let position = '/t/'.length; position < link.length; position += 1) {
    const other = link[position] === 'A' ? 'B' : 'A';
    const answer = await get(`${link.slice(0, position)}${other}${link.slice(position + 1)}`);
    expect([answer.statusCode, answer.headers.location]).toEqual([404, undefined]);
  }
  expect((await get(`${link}?url=https://evil.example`)).headers.location).toBe(url);
});
