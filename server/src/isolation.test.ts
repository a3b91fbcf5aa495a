import type { Route } from '@mesure/contract/route';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '#choose/policy';
import { createIds } from '#platform/ids';
import { routeTables } from './routes.ts';
import { openTwoWorkspaces, type TwoWorkspaces } from './two-workspaces-for-tests.ts';

/*
 * S-01: for every route of the contract that names something by its path, an admin of workspace B asks with what
 * belongs to workspace A, and gets nothing and changes nothing. The list is made from the route tables: a route that is
 * new fails here until this file knows what to call it with.
 */

const NAMED = /\/([^/:]+)\/:(\w+)/g;
/** Parameters that say which part of the thing named before them. */
const PARTS: Readonly<Record<string, string>> = { files: 'orders.csv', versions: '1' };
const RULE = { kind: 'field', field: 'city', test: { operator: 'equals', value: 'Lille' } } as const;
const MJML = `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ profile.first_name }}
  <a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>`;
const SOURCE = { subject: 'News', mjml: MJML, language: 'en' } as const;
const ORDERS = `order id,order date,customer id,sku,quantity,unit price
1,2026-01-05,7,M1,2,3.50
2,2026-01-06,7,M1,many,3.50
`;
const ENTITY = { name: 'Atelier', address: '1 rue X, Lyon', contactEmail: 'a@atelier.test' };

interface Called {
  readonly name: string;
  readonly route: Route;
}
const routes: readonly Called[] = routeTables({ catcher: true })
  .flatMap((table) => Object.entries(table))
  .filter(([, route]) => route.path.includes('/:') && route.access !== 'public')
  .map(([name, route]) => ({ name, route }));

/** A body that is right, for each route that takes one: what stands in the way is that the thing is somebody else's. */
const bodiesWith = (ids: Ids): Readonly<Record<string, unknown>> => ({
  changeRoles: { roles: ['marketer'] },
  addConsent: {
    entityId: ids.entities,
    channel: 'email',
    purpose: 'prospecting',
    at: '2026-01-01T00:00:00Z',
    source: 'form',
    wording: 'Yes',
    language: 'en',
  },
  withdrawConsent: { entityId: ids.entities, channel: 'email', purpose: 'prospecting', source: 'letter' },
  updateEntity: { ...ENTITY, name: 'Taken over' },
  addImportFile: ORDERS,
  correctImportMapping: { decimal: ',' },
  updateSegment: { version: 1, name: 'Taken over', rule: RULE },
  updateMessage: { basedOn: 1, ...SOURCE, subject: 'Taken over' },
  previewMessage: { profileIds: [ids.profiles] },
  lintMessage: {},
  saveSenderIdentity: { fromName: 'Taken over', fromAddress: 'b@atelier.test' },
  activateDkimKey: { evenIfUnpublished: true },
  updateCampaign: { version: 1, name: 'Taken over' },
  duplicateCampaign: {},
  submitCampaign: { version: 1 },
  requestCampaignChanges: { version: 1, comment: 'No' },
  approveCampaign: { version: 1, fingerprint: 'x' },
  startCampaign: { version: 1 },
  testCampaign: { variant: 'A' },
  settleUncertainSend: { as: 'cancelled', comment: 'looked' },
  releaseDeliveryHold: { comment: 'looked' },
});

/** One thing of each kind that a path can name, by the word before the parameter, all of workspace A. */
const makeEverything = async ({ app, database, catcher, a }: TwoWorkspaces) => {
  const make = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await a.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as Record<string, unknown>;
  };
  const idOf = (made: Record<string, unknown>, key?: string): string => {
    const thing = key === undefined ? made : made[key];
    return (thing as { readonly id: string }).id;
  };
  const entities = idOf(await make('/api/entities', ENTITY));
  const saved = await a.call('PUT', `/api/sender/identities/${entities}`, {
    fromName: 'Atelier',
    fromAddress: 'a@atelier.test',
  });
  expect(saved.status).toBe(200);
  const segments = idOf(await make('/api/segments', { name: 'Lille', rule: RULE }));
  const messages = idOf(await make('/api/messages', { name: 'News', ...SOURCE }), 'message');
  const variants = [{ key: 'A', messageId: messages, weight: 1 }];
  const campaigns = idOf(await make('/api/campaigns', { name: 'Spring', segmentId: segments, variants }));
  const imports = idOf(await make('/api/imports'));
  expect((await a.call('PUT', `/api/imports/${imports}/files/orders.csv`, ORDERS)).status).toBe(200);
  await make(`/api/imports/${imports}/dry-run`);
  await app.imports.check({ workspaceId: a.workspaceId, importId: imports }, new AbortController().signal);
  const fresh = createIds();
  const decisions = fresh.next();
  const { profiles, sends, holds } = await database.inWorkspace(a.workspaceId, async (tx) => {
    const found = await app.profiles.upsert(tx, [{ key: 'zoe', email: 'zoe@shop.test', firstName: 'Zoé' }]);
    const profileId = found.get('zoe') ?? '';
    await app.delivery.open(tx, {
      campaignId: campaigns,
      campaignName: 'Spring',
      entityId: entities,
      topic: null,
      variants: [{ key: 'A', messageId: messages, subject: 'News', share: 1, contentHash: 'h' }],
      productCount: 0,
      onPressure: 'block',
      approverNames: ['Ana'],
      audienceRule: { words: { en: '', fr: '' }, hash: '' },
      holdoutShare: 0,
      globalHoldoutShare: 0,
      modelVersions: {},
    });
    await app.delivery.enqueue(tx, campaigns, [{ profileId, variant: 'A', products: [], probability: 1 }]);
    const [send] = await app.delivery.sendsOf(tx, profileId);
    const decision: Decision = {
      id: decisions,
      campaignId: campaigns,
      profileId,
      at: new Date('2026-03-10T10:00:00Z'),
      message: { campaignName: 'Spring', subject: 'News', channel: 'email', entityId: entities },
      audienceRule: { words: { en: '', fr: '' }, hash: '', values: [] },
      inputs: {},
      candidates: [],
      removed: [],
      choice: { variant: 'A', variants: ['A'], products: [] },
      probability: 1,
      experimentArms: [],
      legalBasis: { kind: 'consent', entryId: fresh.next() },
      approverNames: ['Ana'],
      contentHash: 'h',
      modelVersions: {},
    };
    await app.decisions.record(tx, [decision]);
    return {
      profiles: profileId,
      sends: send?.id ?? '',
      holds: await app.delivery.hold(tx, 'restored from a backup'),
    };
  });
  const transport = await app.sender.transport(a.workspaceId);
  await transport.send({
    envelope: { from: 'a@atelier.test', to: 'zoe@shop.test' },
    raw: Buffer.from('From: a@atelier.test\r\nTo: zoe@shop.test\r\nSubject: News\r\n\r\nHello\r\n'),
  });
  const [mail] = (await catcher.list(a.workspaceId, { limit: 1 })).items;
  return {
    team: a.accountId,
    invitations: idOf(
      await make('/api/invitations', { email: 'new@atelier.test', roles: ['marketer'] }),
      'invitation',
    ),
    tokens: idOf(await make('/api/tokens', { name: 'Shop', roles: ['marketer'] }), 'token'),
    profiles,
    entities,
    identities: entities,
    'dkim-keys': idOf(await make('/api/sender/dkim-keys', { domain: 'atelier.test' }), 'key'),
    imports,
    segments,
    decisions,
    messages,
    campaigns,
    sends,
    holds,
    mails: mail?.id ?? '',
  };
};
type Ids = Awaited<ReturnType<typeof makeEverything>>;

let both: TwoWorkspaces;
let ids: Ids;
beforeAll(async () => {
  both = await openTwoWorkspaces();
  ids = await makeEverything(both);
}, 120_000);
afterAll(() => both.close());

const valuesOf = (): ReadonlyMap<string, string> => new Map(Object.entries({ ...PARTS, ...ids }));
const pathFor = ({ path }: Route): string =>
  path.replaceAll(NAMED, (_all, word: string) => `/${word}/${valuesOf().get(word) ?? ''}`);

/** Every row of the workspace, table by table: what a stranger's calls must leave as it is. */
const everyRowOf = (workspaceId: string) =>
  both.database.inWorkspace(workspaceId, async (tx) => {
    const tables = await tx.rows<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute k on k.attrelid = c.oid
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and k.attname = 'workspace_id'
         and has_table_privilege(c.oid, 'select') order by 1`,
    );
    const rows: Record<string, readonly string[]> = {};
    for (const { name } of tables) {
      const found = await tx.rows<{ row: string }>(
        `select t::text as row from ${name} t where workspace_id = $1 order by 1`,
        [workspaceId],
      );
      rows[name] = found.map(({ row }) => row);
    }
    return rows;
  });

describe('an admin of another workspace (S-01)', () => {
  it('is tried on every route: whatever its path names is made above, and its body too', () => {
    const unknown = routes.flatMap(({ name, route }) => [
      ...[...route.path.matchAll(NAMED)]
        .filter(([, word = '']) => !valuesOf().get(word))
        .map(
          ([, word, parameter]) =>
            `${name} (${route.path}): make one of “${word}” in workspace A in makeEverything, for :${parameter}`,
        ),
      ...((route.body !== undefined || route.raw === 'request') && !(name in bodiesWith(ids))
        ? [`${name} (${route.path}): add a body that is right to bodiesWith`]
        : []),
      ...(pathFor(route).includes(':')
        ? [`${name} (${route.path}): a parameter without a word before it`]
        : []),
    ]);
    expect(unknown).toEqual([]);
    expect(routes.length).toBeGreaterThan(45);
    const wrong = routes.filter(({ name, route }) => {
      const body = bodiesWith(ids)[name];
      return route.body !== undefined && !route.body.safeParse(body).success;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it.each(routes.filter(({ route }) => route.method === 'GET'))(
    'could read $name if it were theirs: the id is one that A has',
    async ({ route }) => {
      const answer = await both.a.call('GET', pathFor(route));
      expect(answer.status).toBe(200);
    },
  );

  it('gets nothing of A and changes nothing of A, by any route', async () => {
    const before = await everyRowOf(both.a.workspaceId);
    const seen: string[] = [];
    for (const { name, route } of routes) {
      const answer = await both.b.call(route.method, pathFor(route), bodiesWith(ids)[name]);
      if (answer.status !== 404) seen.push(`${name}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(seen).toEqual([]);
    expect(await everyRowOf(both.a.workspaceId)).toEqual(before);
  });
});
