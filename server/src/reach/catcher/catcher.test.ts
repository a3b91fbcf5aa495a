import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from '#platform/clock';
import { createIds } from '#platform/ids';
import { createLog } from '#platform/log';
import { composeMail, createTransport, type Transport } from '#platform/mail';
import { type Catcher, createCatcher } from './index.ts';
import { decodeWords } from './mime.ts';

const ids = createIds();
const clock = createManualClock(new Date('2026-03-03T09:00:00Z'));
const log = createLog({ level: 'silent' });
const mine = ids.next();
const theirs = ids.next();

let folder: string;
let catcher: Catcher;
const transports: Transport[] = [];

const start = (): Promise<Catcher> => createCatcher({ port: 0, folder, clock, log, ids });
const connect = (workspaceId: string): Transport => {
  const transport = createTransport(catcher.access(workspaceId));
  transports.push(transport);
  return transport;
};
const mail = (
  to: string,
  subject = 'Bonjour Zoé',
  html = '<p>Bonjour é <a href="https://m.example/t/1?a&amp;b">lien</a></p>',
) =>
  composeMail({
    from: { name: 'Boutique', address: 'a@shop.example' },
    to: { address: to },
    subject,
    html,
    text: 'Bonjour é\n.point\n',
    headers: { 'List-Unsubscribe': '<https://m.example/p/u/x>', 'X-Mesure-Campaign': 'c1' },
    messageId: ids.next(),
    date: clock.now(),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mesure-catcher-'));
});
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  await catcher.close();
});
afterAll(() => rm(folder, { recursive: true }));

describe('the catcher', () => {
  it('keeps messages of each workspace apart, and over a restart', async () => {
    catcher = await start();
    const transport = connect(mine);
    expect(await transport.send(await mail('zoe@example.test'))).toMatchObject({ kind: 'accepted' });
    expect(await transport.send(await mail('max@example.test', 'Autre'))).toMatchObject({ kind: 'accepted' });
    expect(await catcher.list(theirs, { limit: 10 })).toEqual({ items: [], total: 0 });
    for (const open of transports.splice(0)) open.close();
    await catcher.close();

    // A crash in the middle of a write leaves half a frame behind.
    const [file = ''] = await readdir(folder);
    await appendFile(join(folder, file), Buffer.from([0, 0, 0, 40, 0, 0, 1, 0, 123]));
    expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    catcher = await start();
    const page = await catcher.list(mine, { limit: 1 });
    expect(page).toMatchObject({ total: 2, items: [{ to: 'max@example.test', subject: 'Autre' }] });
    const second = await catcher.list(mine, { limit: 1, before: page.next });
    expect(second.items[0]).toMatchObject({
      to: 'zoe@example.test',
      subject: 'Bonjour Zoé',
      at: clock.now(),
    });
    expect(second.next).toBeUndefined();
    const opened = await catcher.open(mine, second.items[0]?.id ?? '');
    expect(opened?.text).toBe('Bonjour é\r\n.point\r\n');
    expect(opened?.html).toContain('Bonjour é');
    expect(opened?.links).toEqual(['https://m.example/t/1?a&b']);
    expect(opened?.headers).toContainEqual({ name: 'X-Mesure-Campaign', value: 'c1' });
    expect(await connect(mine).send(await mail('late@example.test'))).toMatchObject({ kind: 'accepted' });
    const later = await catcher.messages(mine, { since: page.items[0]?.id });
    expect(later.map(({ to }) => to)).toEqual(['late@example.test']);
  });

  it('answers as the addresses of sample customers say', async () => {
    catcher = await start();
    const transport = connect(mine);
    expect(await transport.send(await mail('bounce-7@example.test'))).toMatchObject({
      kind: 'rejected',
      code: 550,
      stage: 'recipient',
    });
    expect(await transport.send(await mail('later-7@example.test'))).toMatchObject({
      kind: 'deferred',
      code: 451,
    });
    expect(await transport.send(await mail('ok@example.test'))).toMatchObject({ kind: 'accepted' });
  });

  it('searches and empties', async () => {
    catcher = await start();
    await catcher.clear(mine);
    const transport = connect(mine);
    for (let index = 0; index < 30; index += 1)
      await transport.send(await mail(`p${index}@example.test`, `Objet ${index}`));
    expect((await catcher.list(mine, { limit: 5, search: 'objet 2' })).total).toBe(11);
    expect((await catcher.list(mine, { limit: 5, to: 'P3@example.test' })).items).toHaveLength(1);
    expect(await catcher.clear(mine)).toBe(30);
    expect(await catcher.list(mine, { limit: 5 })).toEqual({ items: [], total: 0 });
    await transport.send(await mail('again@example.test'));
    expect((await catcher.messages(mine, {})).map(({ to }) => to)).toEqual(['again@example.test']);
  });

  it('keeps only the newest when there are too many', async () => {
    catcher = await createCatcher({ port: 0, folder: join(folder, 'small'), clock, log, capacity: 10 });
    const transport = connect(mine);
    for (let index = 0; index < 25; index += 1) await transport.send(await mail(`p${index}@example.test`));
    const kept = await catcher.messages(mine, {});
    expect(kept.length).toBeLessThanOrEqual(12);
    expect(kept.at(-1)?.to).toBe('p24@example.test');
    expect(kept.every(({ text }) => text.startsWith('Bonjour é'))).toBe(true);
  });

  it('refuses who does not know the password, and a port that is taken', async () => {
    catcher = await start();
    const stranger = createTransport({ ...catcher.access(mine), auth: { user: mine, password: 'guess' } });
    transports.push(stranger);
    expect(await stranger.send(await mail('a@example.test'))).toMatchObject({
      kind: 'deferred',
      problem: 'auth',
    });
    await expect(createCatcher({ port: catcher.port, folder, clock, log })).rejects.toMatchObject({
      code: 'unprocessable',
      details: { reason: 'port_taken' },
    });
  });
});

it('reads encoded words', () => {
  expect(decodeWords('=?UTF-8?B?w6k=?= =?utf-8?q?_=C3=A8?= x')).toBe('é è x');
});
