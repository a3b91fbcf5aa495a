import { Buffer } from 'node:buffer';
import { deflateSync } from 'node:zlib';
import { auditRoutes } from '@mesure/contract/audit';
import { ApiError } from '@mesure/contract/client';
import { settingsRoutes } from '@mesure/contract/settings';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPicture } from './picture.ts';
import { startTestServer, type TestServer } from './server-for-tests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const chunk = (name: string, content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(name), content, Buffer.alloc(4)]);
};
const png = (width: number, height: number, filling = 0): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(64, filling))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc00011080020004003012200021101031101ffd9',
  'hex',
);
const lossless = Buffer.concat([
  Buffer.from('RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f', 'latin1'),
  Buffer.from([0x3f, 0xc0, 0x07, 0x00, 0, 0, 0, 0, 0]),
]);

it('knows pictures by their bytes, with their size', () => {
  expect(readPicture(png(64, 32))).toEqual({ mediaType: 'image/png', width: 64, height: 32 });
  expect(readPicture(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 64, height: 32 });
  expect(readPicture(lossless)).toEqual({ mediaType: 'image/webp', width: 64, height: 32 });
  for (const other of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a',
    '',
    '\x89PNG',
    '\xff\xd8\xff\xff\xff',
  ])
    expect(readPicture(Buffer.from(other, 'latin1'))).toBeNull();
});

const reasonOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.details?.reason ?? error.code;
  }
};

it('is uploaded by an admin, shown to everybody, and stays where messages point to', async () => {
  const { email } = await server.workspaceWith({ ada: ['admin'], mia: ['marketer'] });
  const [ada, mia] = [await server.signIn(email('ada')), await server.signIn(email('mia'))];
  const save = (body: Buffer, client = ada) => client.call(settingsRoutes.saveBrandLogo, { body });
  expect(await mia.call(settingsRoutes.readBrandLogo)).toEqual({ logo: null });
  expect(await reasonOf(save(png(8, 8), mia))).toBe('forbidden');
  expect(await reasonOf(save(Buffer.from('<svg/>')))).toBe('logo_not_a_picture');
  expect(await reasonOf(save(png(5000, 8)))).toBe('logo_size');
  expect(await reasonOf(save(Buffer.alloc(200_001)))).toBe('logo_too_large');

  const first = (await save(png(64, 32, 1))).logo;
  expect(first).toMatchObject({ mediaType: 'image/png', width: 64, height: 32 });
  const second = (await save(png(64, 32, 2))).logo;
  expect(await mia.call(settingsRoutes.readBrandLogo)).toEqual({ logo: second });
  for (const { path } of [first, second]) {
    const answer = await server.http.app.inject({ url: path });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  }
  const other = await server.workspaceWith({ eve: ['admin'] });
  const elsewhere = first.path.replace(/logo\/[^/]+/, `logo/${other.workspaceId}`);
  for (const url of [elsewhere, first.path.replace('.png', '.svg'), '/p/logo/x/y.png'])
    expect((await server.http.app.inject({ url })).statusCode).toBe(404);

  expect(await ada.call(settingsRoutes.removeBrandLogo)).toEqual({ removed: true });
  expect(await ada.call(settingsRoutes.removeBrandLogo)).toEqual({ removed: false });
  expect(await mia.call(settingsRoutes.readBrandLogo)).toEqual({ logo: null });
  const { items } = await ada.call(auditRoutes.listAudit, { query: { action: 'brand' } });
  expect(items.map(({ action }) => action)).toEqual([
    'brand.logo_removed',
    'brand.logo_changed',
    'brand.logo_changed',
  ]);
});

it('goes with a name and a colour that are changed one by one', async () => {
  const { email } = await server.workspaceWith({ ada: ['admin'] });
  const ada = await server.signIn(email('ada'));
  const change = (brand: object) => ada.call(settingsRoutes.changeSettings, { body: { brand } });
  await change({ name: 'Alba' });
  expect((await change({ accentColor: '#AA3355' })).brand).toEqual({ name: 'Alba', accentColor: '#AA3355' });
  expect((await change({ name: null })).brand).toEqual({ name: null, accentColor: '#AA3355' });
});
