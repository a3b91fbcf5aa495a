import { readFileSync } from 'node:fs';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { healthRoutes } from '@mesure/contract/health';
import { importsRoutes } from '@mesure/contract/imports';
import { messagesRoutes } from '@mesure/contract/messages';
import { profilesRoutes } from '@mesure/contract/profiles';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';
import { senderRoutes } from '@mesure/contract/sender';
import { settingsRoutes } from '@mesure/contract/settings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  everybody,
  type Material,
  prepareMaterial,
  progressOf,
  sendsOf,
  startNew,
  untilFinished,
} from './harness/campaign.ts';
import { temporaryFolder } from './harness/data-folder.ts';
import { type House, openHouse } from './harness/house.ts';
import { asOwner } from './harness/owner-sql.ts';
import { type Program, runProgram, startServerProcess } from './harness/server-process.ts';
import { importShop, openImport, type ShopFile, shopFile, untilSettled } from './harness/shop-orders.ts';
import { until } from './harness/until.ts';

let house: House;
let file: ShopFile;
/** The campaign that waited for a mail server that was down. */
let held = '';
beforeAll(async () => {
  house = await openHouse({ pressureCap: { messages: 100, hours: 1 }, globalHoldoutShare: 0 });
  file = shopFile(150);
  await importShop(house.team().marketer, file);
});
afterAll(() => house.close());

/** It ends by itself, says why, and shows no stack: nothing broke, something has to be done. */
const refusalOf = async (program: Program): Promise<string> => {
  expect((await program.ended).code).not.toBe(0);
  expect(program.output()).not.toMatch(/^\s+at /m);
  return program.output();
};

const isWell = async (): Promise<void> => {
  const { status } = await house.team().marketer.call(healthRoutes.readHealth);
  expect(status).toBe('ok');
};

/** Twenty people with consent, others each time. */
let used = 0;
const someBuyers = (): Rule => {
  const agreed = file.shop.customers.filter(
    ({ id, consents, bounces }) =>
      consents.length > 0 && !bounces && file.shop.orders.some(({ customer }) => customer.id === id),
  );
  const values = agreed.slice(used, used + 20).map(({ id }) => id);
  used += 20;
  return { kind: 'field', field: 'external_id', test: { operator: 'in', values } };
};
const materialForSome = (name: string): Promise<Material> =>
  prepareMaterial(house.team().marketer, { name, rule: someBuyers(), starter: 'letter-fr' });

describe('starting', () => {
  it('on a port that is taken', async () => {
    const other = temporaryFolder();
    const output = await refusalOf(
      runProgram('server/src/main.ts', { folder: other.path, port: house.server().port }),
    );
    expect(output).toMatch(/Port \d+ on 127\.0\.0\.1 is taken.*MESURE_PORT/s);
    other.remove();
    await isWell();
  });

  it('on a folder where another server runs', async () => {
    const output = await refusalOf(runProgram('server/src/main.ts', { folder: house.folder }));
    expect(output).toMatch(/Another Mesure server \(process \d+\).*MESURE_DATA_FOLDER/s);
    await isWell();
  });

  it('on the data of a newer version', async () => {
    const other = temporaryFolder();
    const server = await startServerProcess({ folder: other.path });
    await asOwner(other.path, `insert into schema_migration values (9999, '9999-later.sql', 'x', now())`);
    await server.stop();
    const output = await refusalOf(runProgram('server/src/main.ts', { folder: other.path }));
    expect(output).toMatch(/newer version/);
    other.remove();
  });

  it.each([
    ['that is no URL', 'shop', /MESURE_DATABASE_URL/],
    ['of another kind', 'mysql://u:hidden-word@h/db', /MESURE_DATABASE_URL.*postgres/s],
    ['where nobody listens', 'postgresql://u:hidden-word@127.0.0.1:1/db', /MESURE_DATABASE_(OWNER_)?URL/],
  ])('with a MESURE_DATABASE_URL %s', async (_what, url, said) => {
    const other = temporaryFolder();
    const variables = { MESURE_DATABASE_URL: url, MESURE_DATABASE_OWNER_URL: url };
    const output = await refusalOf(runProgram('server/src/main.ts', { folder: other.path, variables }));
    expect(output).toMatch(said);
    expect(output).not.toContain('hidden-word');
    other.remove();
  });
});

describe('a mail server', () => {
  it('that refuses the people: each is told apart, and their addresses are left alone from then on', async () => {
    const material = await materialForSome('Refused');
    await house.sink.behave({ mode: 'refuse' });
    const id = await startNew(house.team(), material, 'Refused');
    const { counts, byReason, audience } = await untilFinished(house.team().marketer, id);
    expect(counts.rejected).toBe(audience);
    expect(byReason).toEqual([{ state: 'rejected', reason: 'bounce', count: audience }]);
    await house.sink.behave({ mode: 'accept' });
    const again = await untilFinished(
      house.team().marketer,
      await startNew(house.team(), material, 'Refused again'),
    );
    expect(again.counts.blocked).toBe(audience);
  });

  it('that asks for patience: nobody is given up', async () => {
    const material = await materialForSome('Greylisted');
    await house.sink.behave({ mode: 'defer' });
    const id = await startNew(house.team(), material, 'Greylisted');
    const { marketer } = house.team();
    const { audience } = await until('all were put off', async () => {
      const now = await progressOf(marketer, id);
      return now.audience > 0 && now.counts.held === now.audience ? now : undefined;
    });
    await house.sink.behave({ mode: 'accept' });
    const sends = await sendsOf(marketer, id);
    expect(sends.map(({ reason }) => reason)).toEqual(sends.map(() => 'deferred'));
    expect(sends.every(({ dueAt }) => dueAt !== null && Date.parse(dueAt) > Date.now())).toBe(true);
    await marketer.call(campaignRoutes.stopCampaign, { params: { id } });
    expect((await progressOf(marketer, id)).counts.cancelled).toBe(audience);
  });

  it.each(['drop', 'hang'] as const)(
    'that takes messages and says nothing (%s): uncertain, and never sent again',
    async (mode) => {
      const material = await materialForSome(mode);
      const before = house.sink.journal().length;
      await house.sink.behave({ mode });
      const id = await startNew(house.team(), material, mode);
      const { marketer } = house.team();
      if (mode === 'hang') {
        await until('messages are in its hands', () => house.sink.swallowed() > 0);
        await house.sink.behave({ mode: 'down' });
        await house.sink.behave({ mode: 'accept' });
      }
      const { counts, audience, unaccounted } = await until('nothing is under way', async () => {
        const now = await progressOf(marketer, id);
        return now.audience > 0 &&
          now.counts.queued === 0 &&
          now.counts.claimed === 0 &&
          now.counts.attempting === 0
          ? now
          : undefined;
      });
      await house.sink.behave({ mode: 'accept' });
      expect(unaccounted).toBe(0);
      const taken = house.sink
        .journal()
        .slice(before)
        .map(({ sendId }) => sendId);
      expect(new Set(taken).size).toBe(taken.length);
      // Those that had not begun wait until the server is back.
      expect(counts.uncertain).toBeGreaterThan(0);
      expect((counts.uncertain ?? 0) + (counts.accepted ?? 0) + (counts.held ?? 0)).toBe(audience);
      expect(taken.length).toBe(mode === 'drop' ? audience : counts.accepted);
      if (counts.held) await marketer.call(campaignRoutes.stopCampaign, { params: { id } });
    },
  );

  it('that is down: everybody waits, the campaign says why', async () => {
    const material = await materialForSome('Down');
    await house.sink.behave({ mode: 'down' });
    held = await startNew(house.team(), material, 'Down');
    const { marketer } = house.team();
    const progress = await until('the campaign says so', async () => {
      const now = await progressOf(marketer, held);
      return now.trouble?.code === 'transport' && now.counts.attempting === 0 && now.counts.claimed === 0
        ? now
        : undefined;
    });
    expect((progress.counts.held ?? 0) + (progress.counts.queued ?? 0)).toBe(progress.audience);
    expect(progress.trouble?.detail).toBeTruthy();
    const test = await marketer.call(senderRoutes.testTransport, { body: {} });
    expect(test).toMatchObject({ ok: false, problem: 'refused' });
    await house.sink.behave({ mode: 'accept' });
  });
});

it('a public URL without https is refused while messages leave by SMTP (E-01)', async () => {
  const { marketer } = house.team();
  await expect(
    marketer.call(settingsRoutes.changeSettings, { body: { publicUrl: 'http://shop.example' } }),
  ).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('https'),
  });
});

describe('a template', () => {
  const source = async (change: { readonly body?: string; readonly subject?: string }) => {
    const { items } = await house.team().marketer.call(messagesRoutes.listMessageStarters);
    const starter = items.find(({ key }) => key === 'letter-en');
    if (!starter) throw new Error('There is no letter to start from');
    const { key: _key, name: _name, ...given } = starter;
    return {
      ...given,
      ...(change.subject && { subject: change.subject }),
      ...(change.body && { mjml: given.mjml.replace('</mj-text>', `${change.body}</mj-text>`) }),
    };
  };

  it('that goes on for ever is stopped, and the server goes on', async () => {
    const { marketer } = house.team();
    const endless = await source({
      body: '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ b }}{% endfor %}{% endfor %}',
    });
    const { message } = await marketer.call(messagesRoutes.createMessage, {
      body: { ...endless, name: 'Endless' },
    });
    const { items: people } = await marketer.call(profilesRoutes.listProfiles, { query: { limit: 2 } });
    const { items } = await marketer.call(messagesRoutes.previewMessage, {
      params: { id: message.id },
      body: { profileIds: people.map(({ id }) => id) },
    });
    expect(items.map(({ ok }) => ok)).toEqual([false, false]);
    const { ready, findings } = await marketer.call(messagesRoutes.lintMessage, {
      params: { id: message.id },
      body: {},
    });
    expect(ready).toBe(false);
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    await isWell();
  });

  it('that reads a field that does not exist is told which, before anybody gets it', async () => {
    const { marketer } = house.team();
    const wrong = await source({ body: '<p>{{ profile.shoe_size }}</p>' });
    const { ready, findings } = await marketer.call(messagesRoutes.lintMessageSource, { body: wrong });
    expect(ready).toBe(false);
    expect(findings.find(({ severity }) => severity === 'error')?.message.en).toContain('shoe_size');
  });
});

describe('a file', () => {
  const refused = (content: Parameters<typeof openImport>[1], name: string) =>
    openImport(house.team().marketer, content, name).then(
      () => null,
      (error: unknown) => error,
    );

  it('that is not CSV', async () => {
    const picture = readFileSync(process.execPath).subarray(0, 100_000);
    expect(await refused(picture, 'orders.csv')).toMatchObject({
      status: 422,
      message: expect.stringContaining('orders.csv'),
    });
  });

  it('with one line of 200 MB', async () => {
    const megabyte = Buffer.alloc(1_048_576, 'a');
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Order ID,Order date,Email,SKU,Quantity,Unit price\n1,2026-01-01,');
      for (let sent = 0; sent < 200; sent += 1) yield megabyte;
    };
    expect(await refused(endless(), 'long.csv')).toMatchObject({
      status: 422,
      message: expect.stringMatching(/long\.csv, line 2/),
    });
    await isWell();
  });

  it('mapped to a column that it does not have', async () => {
    const { marketer } = house.team();
    const { id } = await openImport(marketer, file.csv);
    await expect(
      marketer.call(importsRoutes.correctImportMapping, {
        params: { id },
        body: { columns: { email: 'E-mail adress' } },
      }),
    ).rejects.toMatchObject({ status: 422, message: expect.stringContaining('E-mail adress') });
    await marketer.call(importsRoutes.cancelImport, { params: { id } });
  });
});

it('an import whose server is killed half-way is finished by the next one, and never half there', async () => {
  const { marketer } = house.team();
  const people = async (client = house.team().marketer) =>
    (await client.call(segmentsRoutes.previewSegment, { body: { rule: everybody, samples: 0 } })).total;
  const before = await people();
  const more = shopFile(3000, 12);
  const { id } = await openImport(
    marketer,
    more.csv.replaceAll(/,(\d{5}),([a-z.0-9-]+)@example\.test/g, ',X$1,$2@other.test'),
  );
  await marketer.call(importsRoutes.startImport, { params: { id } });
  await until(
    'it is in the middle',
    async () => {
      const { progress, state } = await marketer.call(importsRoutes.getImport, { params: { id } });
      return state !== 'running' || progress.lines > 2000;
    },
    { everyMs: 5 },
  );
  const inTheMiddle = await marketer.call(importsRoutes.getImport, { params: { id } });
  expect(inTheMiddle.state).toBe('running');
  expect(await people()).toBe(before);
  await house.killed();

  await house.start();
  const done = await untilSettled(house.team().marketer, id);
  expect(done.state).toBe('committed');
  const lines = more.csv.trimEnd().split('\n').length - 1;
  expect(done.report?.linesIn).toBe(lines);
  expect(
    (done.report?.productLines ?? 0) + (done.report?.otherLines ?? 0) + (done.report?.linesSetAside ?? 0),
  ).toBe(lines);
  const buyers = new Set(more.shop.orders.map(({ customer }) => customer.id));
  await until('everybody is there', async () => (await people()) >= before + (done.report?.people.new ?? 0));
  expect(await people()).toBe(before + (done.report?.people.new ?? 0));
  expect(done.report?.people.new).toBeLessThanOrEqual(buyers.size);
});

// A relay that was down is asked again after a minute: most of it has gone by meanwhile.
it('a mail server that comes back gets what waited', async () => {
  const { counts, audience, trouble } = await untilFinished(house.team().marketer, held);
  expect(counts.accepted).toBe(audience);
  expect(trouble).toBeNull();
}, 100_000);
