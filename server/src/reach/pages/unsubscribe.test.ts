import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { storedDecision } from './decision.fixture.ts';
import {
  decisions,
  events,
  get,
  guard,
  historyLength,
  http,
  inTx,
  links,
  post,
  profileId,
  standing,
  stores,
  target,
} from './pages-for-tests.ts';

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
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src 'self'; form-action 'self'/,
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
