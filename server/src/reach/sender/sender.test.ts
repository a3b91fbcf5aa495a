import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, WorkspaceSettings } from '#guard/access';
import type { LegalEntity } from '#guard/consent';
import { type Catcher, createCatcher } from '#reach/catcher';
import { createTestStores, type TestStores } from '#testing';
import { checkRecords, type DnsResolver, wantedRecords } from './dns-records.ts';
import { publicUrlProblem } from './identity.ts';
import { createSender, type Sender } from './index.ts';
import { seal, unseal } from './seal.ts';

let stores: TestStores;
let catcher: Catcher;
let folder: string;
let sender: Sender;
const audited: { action: string; text: string }[] = [];
let settings: Partial<WorkspaceSettings> = { publicUrl: 'http://127.0.0.1:3300', language: 'fr' };
const dns = new Map<string, string[]>();
const resolver: DnsResolver = async (name) => dns.get(name) ?? [];
const entity: LegalEntity = {
  id: '01890000-0000-7000-8000-000000000001',
  name: 'Boutique SAS',
  address: '1 rue X, 59000 Lille',
  contactEmail: 'a@shop.example',
  privacyUrl: null,
  isDefault: true,
};
const identity = {
  entityId: entity.id,
  fromName: 'Boutique',
  fromAddress: 'bonjour@shop.example',
  replyTo: null,
};
let actor: Actor;

const inWorkspace = <T>(
  work: Parameters<typeof stores.database.inWorkspace<T>>[1],
  workspace = stores.workspaceId,
) => stores.database.inWorkspace(workspace, work);

beforeAll(async () => {
  stores = await createTestStores();
  folder = await mkdtemp(join(tmpdir(), 'mesure-sender-'));
  catcher = await createCatcher({
    port: 0,
    folder,
    clock: stores.clock,
    log: stores.log,
  });
  actor = {
    kind: 'account',
    id: stores.ids.next(),
    name: 'Ada',
    roles: ['admin'],
    workspaceId: stores.workspaceId,
    personId: null,
  };
  sender = createSender({
    ...stores,
    audit: {
      record: async (_tx, change) =>
        void audited.push({ action: change.action, text: JSON.stringify(change) }),
    },
    settings: { get: async () => settings as WorkspaceSettings },
    entities: { byId: async (_tx, id) => (id === entity.id ? entity : null) },
    catcher: catcher.access,
    resolver,
    connections: 2,
  });
});
afterAll(async () => {
  sender.close();
  await catcher.close();
  await stores.close();
  await rm(folder, { recursive: true });
});

describe('who a campaign writes as', () => {
  it('is refused until an identity is there, then complete', async () => {
    await expect(inWorkspace((tx) => sender.forCampaign(tx, entity.id))).rejects.toMatchObject({
      details: { reason: 'identity_missing' },
    });
    await inWorkspace((tx) =>
      sender.saveIdentity(tx, { ...identity, replyTo: 'Aide@Société.example' }, actor),
    );
    expect(await inWorkspace((tx) => sender.forCampaign(tx, entity.id))).toEqual({
      entityId: entity.id,
      legal: { name: entity.name, address: entity.address },
      from: { name: 'Boutique', address: 'bonjour@shop.example' },
      replyTo: { address: expect.stringMatching(/^Aide@xn--/) },
      transport: 'catcher',
      publicUrl: 'http://127.0.0.1:3300',
    });
    await expect(
      inWorkspace((tx) =>
        sender.saveIdentity(tx, { ...identity, fromAddress: 'a@b\r\nBcc: x@y.example' }, actor),
      ),
    ).rejects.toMatchObject({ code: 'unprocessable' });
    expect(await inWorkspace((tx) => sender.overview(tx), stores.otherWorkspaceId)).toMatchObject({
      identities: [],
    });
  });

  it('needs https for anything but the catcher (E-01)', () => {
    expect(publicUrlProblem(null, 'catcher')?.code).toBe('public_url_missing');
    expect(publicUrlProblem('http://127.0.0.1:3300', 'catcher')).toBeNull();
    expect(publicUrlProblem('http://m.example', 'smtp')?.code).toBe('public_url_not_https');
    expect(publicUrlProblem('ftp://m.example', 'catcher')?.code).toBe('public_url_not_https');
    expect(publicUrlProblem('https://m.example', 'smtp')).toBeNull();
  });
});

describe('the transport', () => {
  const smtp = {
    kind: 'smtp',
    host: '127.0.0.1',
    port: 2525,
    security: 'none',
    user: 'ada',
    password: 'pa55-word',
  } as const;

  it('delivers to the catcher until a server is set, and a test message reaches the sender itself', async () => {
    expect(await sender.test(stores.workspaceId, entity.id)).toEqual({ ok: true, sent: true });
    const [mail] = await catcher.messages(stores.workspaceId, {});
    expect(mail).toMatchObject({ to: 'bonjour@shop.example', subject: 'Essai d’envoi' });
    expect(await sender.transport(stores.workspaceId)).toBe(await sender.transport(stores.workspaceId));
  });

  it('wants https and TLS before it leaves this machine, and hides the password', async () => {
    await expect(inWorkspace((tx) => sender.saveTransport(tx, smtp, actor))).rejects.toMatchObject({
      details: { reason: 'public_url_not_https' },
    });
    settings = { ...settings, publicUrl: 'https://m.example/' };
    await expect(
      inWorkspace((tx) => sender.saveTransport(tx, { ...smtp, host: 'smtp.example' }, actor)),
    ).rejects.toMatchObject({ details: { reason: 'insecure_transport' } });
    const before = await sender.transport(stores.workspaceId);
    const saved = await inWorkspace((tx) => sender.saveTransport(tx, smtp, actor));
    expect(saved).toMatchObject({ kind: 'smtp', user: 'ada', hasPassword: true });
    expect(JSON.stringify([saved, await inWorkspace((tx) => sender.overview(tx)), audited])).not.toContain(
      'pa55-word',
    );
    const rows = await inWorkspace((tx) =>
      tx.rows<{ sealed: Buffer }>('select password_sealed as sealed from mail_transport'),
    );
    expect(rows[0]?.sealed.toString('latin1')).not.toContain('pa55-word');
    expect(await sender.transport(stores.workspaceId)).not.toBe(before);
    expect(
      await before.send({ envelope: { from: 'a@b.example', to: 'c@d.example' }, raw: Buffer.from('x') }),
    ).toMatchObject({
      kind: 'deferred',
    });
  });

  it('never carries a stored password to another server', async () => {
    const keep = {
      kind: smtp.kind,
      host: smtp.host,
      port: smtp.port,
      security: smtp.security,
      user: smtp.user,
    };
    expect(await inWorkspace((tx) => sender.saveTransport(tx, keep, actor))).toMatchObject({
      hasPassword: true,
    });
    expect(await inWorkspace((tx) => sender.saveTransport(tx, { ...keep, port: 2526 }, actor))).toMatchObject(
      { hasPassword: false },
    );
  });

  it('says what is wrong with a server that is down or wants a password', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    await inWorkspace((tx) => sender.saveTransport(tx, { ...smtp, port }, actor));
    expect(await sender.test(stores.workspaceId)).toMatchObject({ ok: false, problem: 'refused' });
    await inWorkspace((tx) => sender.saveTransport(tx, { ...smtp, port: catcher.port }, actor));
    expect(await sender.test(stores.workspaceId)).toMatchObject({ ok: false, problem: 'auth' });
  });

  it('cannot leave the catcher in a demo', async () => {
    await inWorkspace((tx) => sender.pinToCatcher(tx, actor));
    await expect(inWorkspace((tx) => sender.saveTransport(tx, smtp, actor))).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'pinned_to_catcher' },
    });
    expect(await inWorkspace((tx) => sender.saveTransport(tx, { kind: 'catcher' }, actor))).toMatchObject({
      pinned: true,
    });
  });
});

describe('signing keys', () => {
  it('sign only after their record was found in DNS', async () => {
    const { key, records } = await inWorkspace((tx) => sender.createDkimKey(tx, 'shop.example', actor));
    expect(records.map(({ purpose }) => purpose)).toEqual(['dkim', 'spf', 'dmarc']);
    expect((await inWorkspace((tx) => sender.forCampaign(tx, entity.id))).dkim).toBeUndefined();
    const request = { id: key.id, skipCheck: false };
    await expect(sender.activateDkimKey(stores.workspaceId, request, actor)).rejects.toMatchObject({
      details: { reason: 'dkim_record_not_found' },
    });
    for (const record of records) dns.set(record.name, [record.value]);
    expect((await sender.checkDns(stores.workspaceId, 'shop.example')).map(({ status }) => status)).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    expect(await sender.activateDkimKey(stores.workspaceId, request, actor)).toMatchObject({ active: true });
    const campaign = await inWorkspace((tx) => sender.forCampaign(tx, entity.id));
    expect(campaign.dkim).toMatchObject({ domain: 'shop.example', selector: key.selector });
    expect(campaign.dkim?.privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    const next = await inWorkspace((tx) => sender.createDkimKey(tx, 'shop.example', actor));
    await sender.activateDkimKey(stores.workspaceId, { id: next.key.id, skipCheck: true }, actor);
    expect((await inWorkspace((tx) => sender.overview(tx))).dkimKeys.map(({ active }) => active)).toEqual([
      true,
      false,
    ]);
    expect(JSON.stringify(audited)).not.toContain('PRIVATE KEY');
  });

  it('judges records by what they do', async () => {
    const { publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 1024,
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
    const wanted = wantedRecords({
      domain: 'd.example',
      dkim: { selector: 's', publicKey: publicKey.toString('base64') },
      smtpHost: 'smtp.example',
    });
    const ask = async (answers: readonly (readonly string[])[]) =>
      (
        await checkRecords(
          wanted,
          async (name) => answers[wanted.findIndex((record) => record.name === name)] ?? [],
        )
      ).map(({ status }) => status);
    expect(await ask([[], [], []])).toEqual(['missing', 'missing', 'missing']);
    expect(await ask([['v=DKIM1; p=AAAA'], ['v=spf1 a ~all', 'v=spf1 b ~all'], ['v=DMARC1; p=']])).toEqual([
      'differs',
      'differs',
      'differs',
    ]);
    expect(await ask([[], ['verification=1', 'v=spf1 +all'], ['v=DMARC1; p=reject']])).toEqual([
      'missing',
      'differs',
      'ok',
    ]);
    expect(
      (await checkRecords(wanted, () => Promise.reject(new Error('SERVFAIL')))).map(({ status }) => status),
    ).toEqual(['unreachable', 'unreachable', 'unreachable']);
  });
});

describe('sealing', () => {
  it('opens only with the same key and the same place', () => {
    const key = Buffer.alloc(32, 1);
    const sealed = seal(key, 'secret', 'workspace a');
    expect(unseal(key, sealed, 'workspace a')).toBe('secret');
    expect(seal(key, 'secret', 'workspace a').equals(sealed)).toBe(false);
    expect(() => unseal(key, sealed, 'workspace b')).toThrow(/cannot be read/);
    expect(() => unseal(Buffer.alloc(32, 2), sealed, 'workspace a')).toThrow(/cannot be read/);
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(key, changed, 'workspace a')).toThrow(/cannot be read/);
  });
});
