import type { Role } from '@mesure/contract';
import { messagesRoutes } from '@mesure/contract/messages';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, type TestStores } from '#testing';
import {
  bindContentRoutes,
  type Content,
  contentHash,
  createContent,
  type RenderContext,
  starters,
  versionKey,
} from './index.ts';

let stores: TestStores;
let http: Http;
let content: Content;
let role: Role = 'marketer';
let workspaceId: string;
const audited: string[] = [];
const zoe = '01890000-0000-7000-8000-00000000000a';
const nobody = '01890000-0000-7000-8000-00000000000b';

const context: RenderContext = {
  profile: { first_name: 'Zoé', traits: {} },
  products: [],
  links: {
    unsubscribe: 'https://m.example/u',
    preferences: 'https://m.example/p',
    why: 'https://m.example/w',
  },
  sender: { name: 'Boutique SAS', address: 'Lille' },
  campaign: { name: 'C' },
};

beforeAll(async () => {
  stores = await createTestStores();
  workspaceId = stores.workspaceId;
  content = createContent({
    ...stores,
    audit: { record: async (_tx, change) => void audited.push(change.action) },
  });
  http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'a1',
      name: 'Mia',
      roles: [role],
      workspaceId,
      personId: 'a1',
    }),
    tables: [messagesRoutes],
    engines: [],
    registry: new Registry(),
    version: '0',
  });
  bindContentRoutes(http.app, {
    database: stores.database,
    content,
    previewContexts: async (_workspaceId, ids) =>
      new Map(ids.filter((id) => id === zoe).map((id) => [id, context])),
    sendTest: async (_workspaceId, { compiled, profileId, actor }) => ({
      to: `${actor.name}@shop.example`,
      outcome: 'accepted',
      detail: `${compiled.subject} ${profileId ?? 'nobody'}`,
    }),
  });
});
afterAll(async () => {
  await http.stop();
  await content.stop();
  await stores.close();
});

type Method = 'GET' | 'POST' | 'PUT';
const call = async (method: Method, url: string, payload?: object) => {
  const answer = await http.app.inject({
    method,
    url,
    headers: { authorization: 'Bearer token' },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
};
const found = starters.find(({ key }) => key === 'letter-fr');
const letter = { subject: found?.subject ?? '', mjml: found?.mjml ?? '', language: 'fr' };

describe('messages over the API', () => {
  it('live through versions that never change', async () => {
    const created = await call('POST', '/api/messages', { name: 'Lettre', ...letter });
    expect(created.status).toBe(201);
    const { id } = created.body.message;
    expect(created.body.version).toMatchObject({ version: 1, usable: true, createdBy: 'Mia' });
    const next = { ...letter, subject: 'Autre objet' };
    stores.clock.advance(1_000);
    const saved = await call('PUT', `/api/messages/${id}`, { basedOn: 1, ...next });
    expect(saved.body.version).toMatchObject({ version: 2, subject: 'Autre objet' });
    expect(saved.body.version.contentHash).not.toBe(created.body.version.contentHash);
    expect((await call('PUT', `/api/messages/${id}`, { basedOn: 2, ...next })).body.version.version).toBe(2);
    const late = await call('PUT', `/api/messages/${id}`, { basedOn: 1, ...letter });
    expect(late).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'newer_version', latestVersion: 2 } } },
    });
    expect(
      (await call('GET', `/api/messages/${id}/versions`)).body.items.map(
        (v: { version: number }) => v.version,
      ),
    ).toEqual([2, 1]);
    expect((await call('GET', `/api/messages/${id}/versions/1`)).body.contentHash).toBe(
      created.body.version.contentHash,
    );
    expect((await call('GET', `/api/messages/${id}/versions/9`)).status).toBe(404);
    expect(audited).toEqual(['message.created', 'message.changed']);
    await expect(
      stores.database.inWorkspace(workspaceId, (tx) => tx.run("update message_version set subject = 'x'")),
    ).rejects.toThrow();

    const approved = { messageId: id, contentHash: created.body.version.contentHash };
    const found = await stores.database.inWorkspace(workspaceId, (tx) =>
      content.messages.approved(tx, [approved]),
    );
    const version = found.get(versionKey(approved));
    expect(version?.compiled?.hash).toBe(approved.contentHash);
    const [rendered] = version?.compiled ? await content.renderer.render(version.compiled, [context]) : [];
    expect(rendered).toMatchObject({ ok: true, subject: 'Des nouvelles de Boutique SAS' });
  });

  it('show what a person would get, and why another would get nothing', async () => {
    const { body } = await call('POST', '/api/messages', { name: 'P', ...letter });
    const shown = await call('POST', `/api/messages/${body.message.id}/preview`, {
      profileIds: [zoe, nobody],
    });
    expect(shown.body.items).toHaveLength(1);
    expect(shown.body.items[0]).toMatchObject({ ok: true, profileId: zoe });
    expect(shown.body.items[0].html).toContain('Bonjour Zoé');
    expect(shown.body.items[0].html).not.toMatch(/[\u0001-\u0003]/);
    const draft = {
      ...letter,
      mjml: letter.mjml.replace('profile.first_name | default: ""', 'profile.city'),
    };
    const missing = await call('POST', `/api/messages/${body.message.id}/preview`, {
      profileIds: [zoe],
      source: draft,
    });
    expect(missing.body.items[0]).toMatchObject({
      ok: false,
      error: { code: 'missing_field', field: 'profile.city', where: { part: 'mjml', line: 16 } },
    });
    expect(
      (await call('POST', `/api/messages/${body.message.id}/preview`, { profileIds: [nobody] })).status,
    ).toBe(404);
  });

  it('keep a draft that cannot be compiled yet, and say what is wrong', async () => {
    const { body } = await call('POST', '/api/messages', { name: 'Broken', ...letter, mjml: '<mjml>{{ ' });
    expect(body.version).toMatchObject({ usable: false, links: [] });
    const lint = await call('POST', `/api/messages/${body.message.id}/lint`, {});
    expect(lint.body).toMatchObject({
      ready: false,
      findings: [{ severity: 'error', code: 'liquid_unclosed', where: { line: 1, column: 7 } }],
    });
    const shown = await call('POST', `/api/messages/${body.message.id}/preview`, { profileIds: [zoe] });
    expect(shown).toMatchObject({ status: 422, body: { error: { details: { reason: 'not_compiled' } } } });
    expect((await call('POST', '/api/message-lint', letter)).body).toEqual({ ready: true, findings: [] });
  });

  it('are listed page by page', async () => {
    const seen: string[] = [];
    let before = '';
    for (let page = 0; page < 5; page += 1) {
      const { body } = await call('GET', `/api/messages?limit=1${before}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === undefined) break;
      before = `&before=${body.next}`;
    }
    expect(new Set(seen).size).toBe(3);
    expect((await call('GET', '/api/messages?before=nonsense')).status).toBe(400);
  });

  it('are found by name or subject, and sorted either way', async () => {
    for (const name of ['Zinc 50 %', 'abricot', 'Ébène']) {
      stores.clock.advance(1_000);
      await call('POST', '/api/messages', { name, ...letter, subject: `Neuf ${name}` });
    }
    const names = async (query: string) => {
      const found: string[] = [];
      let next = '';
      for (let page = 0; page < 9; page += 1) {
        const { body } = await call('GET', `/api/messages?search=NEUF&limit=2&${query}${next}`);
        found.push(...body.items.map(({ name }: { name: string }) => name));
        if (body.next === undefined) break;
        next = `&before=${body.next}`;
      }
      return found;
    };
    expect(await names('sort=changed')).toEqual(['Ébène', 'abricot', 'Zinc 50 %']);
    expect(await names('sort=changed_asc')).toEqual(['Zinc 50 %', 'abricot', 'Ébène']);
    const byName = await names('sort=name');
    expect(byName.slice(0, 2)).toEqual(['abricot', 'Zinc 50 %']);
    expect(await names('sort=name_desc')).toEqual(byName.toReversed());
    expect((await call('GET', '/api/messages?search=50%20%25')).body.items).toHaveLength(1);
    expect((await call('GET', `/api/messages?sort=changed&before=${btoa('["x","y"]')}`)).status).toBe(400);
  });

  it('are shown, checked and sent to oneself before they are saved', async () => {
    const source = {
      ...letter,
      mjml: letter.mjml.replace('profile.first_name | default: ""', 'profile.city'),
    };
    const shown = await call('POST', '/api/message-preview', { source: letter, profileIds: [zoe] });
    expect(shown.body.items).toMatchObject([{ ok: true, profileId: zoe }]);
    const nobodys = await call('POST', '/api/message-preview', { source: letter, profileIds: [] });
    expect(nobodys.body.items).toMatchObject([{ ok: true, profileId: null }]);
    expect(nobodys.body.items[0].html).toContain('Bonjour Camille');
    const checked = await call('POST', '/api/message-check', { source, profileIds: [zoe, nobody] });
    expect(checked.body).toMatchObject({
      checked: 1,
      failing: [{ profileId: zoe, error: { field: 'profile.city', where: { part: 'mjml', line: 16 } } }],
    });
    const sent = await call('POST', '/api/message-test', { source: letter, profileId: zoe });
    expect(sent.body).toEqual({
      to: 'Mia@shop.example',
      outcome: 'accepted',
      detail: `${letter.subject} ${zoe}`,
    });
    const broken = { source: { ...letter, mjml: '<mjml>{{ ' }, profileIds: [zoe] };
    for (const path of ['message-preview', 'message-check', 'message-test'])
      expect((await call('POST', `/api/${path}`, broken)).body.error?.details).toMatchObject({
        reason: 'not_compiled',
      });
    expect((await call('GET', '/api/message-fields')).body.fields).toContainEqual(
      expect.objectContaining({ path: 'profile.first_name', always: false }),
    );
  });

  it('belong to their workspace and to marketers', async () => {
    const { body } = await call('POST', '/api/messages', { name: 'Mine', ...letter });
    role = 'approver';
    expect((await call('POST', '/api/messages', { name: 'No', ...letter })).status).toBe(403);
    expect((await call('GET', `/api/messages/${body.message.id}`)).status).toBe(200);
    role = 'marketer';
    workspaceId = stores.otherWorkspaceId;
    expect((await call('GET', `/api/messages/${body.message.id}`)).status).toBe(404);
    expect((await call('GET', '/api/messages')).body.items).toEqual([]);
    workspaceId = stores.workspaceId;
  });

  it('start from templates', async () => {
    const { body } = await call('GET', '/api/message-starters');
    expect(body.items.map(({ key }: { key: string }) => key)).toEqual(starters.map(({ key }) => key));
  });
});

it('hashes everything that a reader may see', () => {
  const source = { subject: 's', mjml: 'm', language: 'fr' } as const;
  const hashes = [
    source,
    { ...source, subject: 't' },
    { ...source, mjml: 'n' },
    { ...source, text: '' },
    { ...source, language: 'en' as const },
  ].map(contentHash);
  expect(new Set(hashes).size).toBe(5);
  expect(contentHash({ ...source })).toBe(hashes[0]);
});
