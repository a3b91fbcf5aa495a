import { expect, test } from 'vitest';
import {
  email,
  events,
  get,
  guard,
  historyLength,
  inTx,
  links,
  post,
  profileId,
  standing,
  stores,
  target,
} from './pages-for-tests.ts';

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
