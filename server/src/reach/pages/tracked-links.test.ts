import { expect, test } from 'vitest';
import {
  browser,
  entity,
  events,
  failToCollect,
  get,
  guard,
  http,
  inTx,
  links,
  profileId,
  target,
} from './pages-for-tests.ts';

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
  failToCollect();
  expect((await get(link, { 'user-agent': browser })).headers.location).toBe(url);
  for (let position = '/t/'.length; position < link.length; position += 1) {
    const other = link[position] === 'A' ? 'B' : 'A';
    const answer = await get(`${link.slice(0, position)}${other}${link.slice(position + 1)}`);
    expect([answer.statusCode, answer.headers.location]).toEqual([404, undefined]);
  }
  expect((await get(`${link}?url=https://evil.example`)).headers.location).toBe(url);
});
