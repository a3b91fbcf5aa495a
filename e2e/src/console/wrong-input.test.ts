import { closeSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { accessRoutes } from '@mesure/contract/access';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { createClient } from '@mesure/contract/client';
import { importsRoutes } from '@mesure/contract/imports';
import { messagesRoutes } from '@mesure/contract/messages';
import { segmentsRoutes } from '@mesure/contract/segments';
import type { Browser, Locator, Page, Request, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, pictureFolder } from '../harness/browser.ts';
import { buildConsole } from '../harness/console-house.ts';
import { type Seat, settled, takeSeat } from '../harness/console-page.ts';
import { type House, openHouse } from '../harness/house.ts';
import { openImport, untilSettled } from '../harness/shop-orders.ts';
import { credentials } from '../harness/team.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser) process.stderr.write('Wrong input is not tried: there is no /usr/bin/chromium here.\n');

const people = [
  ['ada', 'Ada', 'Lyon'],
  ['ben', 'Ben', 'Lille'],
  ['chloe', 'Chloé', ''],
  ['dan', 'Dan', 'Nantes'],
  ['eve', 'Ève', ''],
] as const;
const orders = [
  'Order ID,Order date,Email,First name,City,SKU,Product,Category,Quantity,Unit price,Currency',
  ...people.map(
    ([name, first, city], index) =>
      `W${index},2025-03-0${index + 1},${name}@people.example,${first},${city},TEA-${index},Tea,Tea,1,9.90,EUR`,
  ),
].join('\n');

const messageOf = (
  text: string,
): string => `<mjml><mj-head><mj-title>Bonjour</mj-title></mj-head><mj-body><mj-section><mj-column>
<mj-text>${text}</mj-text>
<mj-text><a href="{{ links.unsubscribe }}">Unsubscribe</a> <a href="{{ links.preferences }}">Preferences</a> <a href="{{ links.why }}">Why</a></mj-text>
<mj-text>{{ sender.name }}, {{ sender.address }}</mj-text>
</mj-column></mj-section></mj-body></mjml>`;

const strange = '👩‍👩‍👧‍👦 مرحبا שלום \u202Eneddih ';
const tenThousand = strange.repeat(Math.ceil(10_000 / strange.length)).slice(0, 10_000);

describe.runIf(hasBrowser)('wrong input', { timeout: 180_000 }, () => {
  let house: House;
  let browser: Browser;
  let seat: Seat;
  let page: Page;
  const who = { ...credentials.marketer };
  const url = (): string => house.server().url;
  const api = () => house.team().marketer;

  beforeAll(async () => {
    buildConsole();
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    const { id } = await openImport(api(), orders);
    await api().call(importsRoutes.startImport, { params: { id } });
    await untilSettled(api(), id);
    seat = await takeSeat(browser, { url: url() }, { who });
    page = seat.page;
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const main = (): Locator => page.locator('main');
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const picture = (name: string) =>
    page.screenshot({ path: join(pictureFolder, `wrong-input-${name}.png`) }).catch(() => undefined);
  const paste = async (field: Locator, text: string): Promise<void> => {
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  };
  const newMessage = async (name: string, text = 'Bonjour'): Promise<string> => {
    const { message } = await api().call(messagesRoutes.createMessage, {
      body: { name, subject: 'Bonjour', mjml: messageOf(text), language: 'en' },
    });
    return message.id;
  };
  const newSegment = (name: string, value: string) =>
    api().call(segmentsRoutes.createSegment, {
      body: { name, rule: { kind: 'field', field: 'city', test: { operator: 'equals', value } } },
    });
  const newCampaign = (name: string) => api().call(campaignRoutes.createCampaign, { body: { name } });
  const complaints = (): readonly string[] =>
    seat.problems.filter(
      (problem) => !/status of 4\d\d|ERR_CONNECTION_REFUSED|ERR_|status of 50\d/.test(problem),
    );

  describe('long and strange text', () => {
    it.each(['/people', '/audiences', '/campaigns', '/catalogue'])('is searched for on %s', async (path) => {
      await seat.open(path);
      await paste(page.getByRole('searchbox'), tenThousand);
      await page.getByRole('searchbox').press('End');
      await until('the search is in the address', () => new URL(page.url()).search !== '');
      await settled(page);
      expect((await page.getByRole('searchbox').inputValue()).length).toBeGreaterThan(100);
      await page.reload();
      await settled(page);
      expect(await main().getByRole('alert').count()).toBe(0);
      await page.getByRole('searchbox').fill('');
      await until('the search is gone', () => !/search=|q=/.test(new URL(page.url()).search));
    });

    it('is a name of an audience, whole, or is said to be too long', async () => {
      await seat.open('/audiences/new');
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      await paste(name, `Thé 🙂 مرحبا`);
      await button('Save').click();
      await page.getByRole('heading', { level: 1, name: 'Thé 🙂 مرحبا' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Thé 🙂 مرحبا' }).waitFor();
    });

    it('is too long for the name of a campaign: that is said, and nothing is cut', async () => {
      await seat.open('/campaigns/new');
      const name = page.getByRole('textbox', { name: 'Name' });
      await paste(name, tenThousand);
      await button('Begin').click();
      await page.getByText(/^At most \d+ characters\.$/).waitFor();
      expect(await name.inputValue()).toBe(tenThousand);
      await picture('long-name');
      await name.fill('Emoji 🙂 שלום');
      await button('Begin').click();
      await page.getByRole('heading', { level: 1, name: 'Emoji 🙂 שלום' }).waitFor();
    });

    it('is in a message, and in what people would read', async () => {
      const id = await newMessage('Strange text', tenThousand.slice(0, 3_000));
      await seat.open(`/messages/${id}`);
      await main().locator('iframe').first().contentFrame().getByText('مرحبا').first().waitFor();
    });
  });

  describe('files', () => {
    const choose = async (file: Parameters<Locator['setInputFiles']>[0]): Promise<void> => {
      const asked = page.waitForEvent('filechooser');
      await button('Choose files').click();
      await (await asked).setFiles(file);
    };
    const bytes = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer });
    const kinds: readonly (readonly [name: string, content: Buffer, said: string])[] = [
      ['orders.xlsx', Buffer.from('PK\u0003\u0004 sheet'), 'This is an Excel workbook.'],
      ['orders.zip', Buffer.from('PK\u0003\u0004 archive'), 'This is a zip archive.'],
      ['orders.pdf', Buffer.from('%PDF-1.7'), 'This is a PDF'],
      ['orders.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'This is a picture.'],
      ['orders.json', Buffer.from('[{"a":1}]'), 'This is JSON, HTML or XML'],
      ['utf16.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'This file is written in UTF-16.'],
      ['empty.csv', Buffer.alloc(0), 'This file is empty.'],
    ];

    it('of the wrong type are refused before they are sent, with what to do', async () => {
      await seat.open('/imports/new');
      const sent: string[] = [];
      const note = (request: { method: () => string; url: () => string }): void => {
        if (request.method() !== 'GET' && request.url().includes('/api/imports')) sent.push(request.url());
      };
      page.on('request', note);
      await choose(kinds.map(([name, content]) => bytes(name, content)));
      for (const [, , said] of kinds) await page.getByRole('alert').filter({ hasText: said }).waitFor();
      page.off('request', note);
      expect(sent).toEqual([]);
      await picture('wrong-types');
    });

    /** As large as it says, on the disk almost nothing. */
    const sparse = (name: string, size: number): string => {
      const path = join(house.folder, name);
      const file = openSync(path, 'w');
      writeSync(file, `${orders}\n${'x'.repeat(5_000)}`);
      closeSync(file);
      truncateSync(path, size);
      return path;
    };

    it('of 21 GB are refused at once, with what to do', async () => {
      const path = sparse('enormous.csv', 21_000_000_000);
      await seat.open('/imports/new');
      await choose(path);
      await page.getByRole('alert').filter({ hasText: 'larger than 20 GB. Split it by year' }).waitFor();
      rmSync(path);
    });

    it('of 2 GB are taken, with advice, and can be stopped: nothing is imported', async () => {
      const path = sparse('large.csv', 2_000_000_000);
      await seat.open('/imports/new');
      await choose(path);
      await page
        .getByText('This file is large (2 GB): sending it takes a while.', { exact: false })
        .waitFor();
      await page.getByRole('progressbar', { name: 'Progress of large.csv' }).waitFor();
      await picture('two-gigabytes');
      await button('Stop sending large.csv').click();
      await page.getByText('Cancelled', { exact: true }).waitFor();
      rmSync(path);
      const { items } = await api().call(importsRoutes.listImports);
      expect(items.flatMap(({ files }) => files.map(({ name }) => name))).not.toContain('large.csv');
      await button('Take large.csv off this list').click();
      // It goes on with the right file.
      await choose(bytes('right.csv', Buffer.from(orders.replaceAll('W', 'V'))));
      await main().getByRole('heading', { name: 'What each column means' }).waitFor();
    });
  });

  describe('audiences', () => {
    const write = async (rule: string): Promise<void> => {
      await seat.open('/audiences/new?form=text');
      await paste(page.getByRole('textbox', { name: 'Rule as text' }), rule);
    };

    it('that match nobody say so and help to find out why', async () => {
      await write('city is "Lyon" and city is "Lille"');
      await page.getByText('This rule gives nobody').waitFor();
      await page.getByText('Two conditions may exclude each other', { exact: false }).waitFor();
      await button('Count each condition alone').click();
      await page.getByText(/Lyon.*: 1$/).waitFor();
      await picture('nobody');
    });

    it('that match everybody say so', async () => {
      await write('city is "Lyon" or not city is "Lyon"');
      await page.getByText('This rule gives everybody').waitFor();
      await page.getByText('The conditions leave nobody out.', { exact: false }).waitFor();
    });

    it('that match nobody cannot be asked to be sent to, and the campaign says why', async () => {
      const segment = await newSegment('Nobody at all', 'Atlantis');
      const messageId = await newMessage('To nobody');
      const campaign = await api().call(campaignRoutes.createCampaign, {
        body: { name: 'To nobody', segmentId: segment.id, variants: [{ key: 'A', messageId, weight: 1 }] },
      });
      await seat.open(`/campaigns/${campaign.id}/edit?step=check`);
      await page.getByText('0 people would get this').waitFor();
      await page.getByText('Nobody is in this audience now.').waitFor();
      expect(await button('Submit for review').isDisabled()).toBe(true);
      await page.getByText('Repair the errors above first.').waitFor();
      await picture('to-nobody');
    });
  });

  it('a template that fails for some says for whom and why', async () => {
    const id = await newMessage('Fails for some', 'How is {{ profile.city }}?');
    await seat.open(`/messages/${id}`);
    await page.getByText('2 of 5 people tried would not get it.').waitFor();
    const shown = page.getByRole('button', { name: 'Show Chloé' });
    await shown.waitFor();
    await page.getByRole('button', { name: 'Show Ève' }).waitFor();
    await shown.click();
    await page.getByText('This person would not get the message.').waitFor();
    await picture('fails-for-some');
  });

  it('the back button in the middle of the wizard loses nothing', async () => {
    const messageId = await newMessage('For the wizard');
    await newSegment('In Lyon', 'Lyon');
    await seat.open('/campaigns');
    await main().getByRole('link', { name: 'New campaign' }).or(button('New campaign')).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Spring');
    await button('Begin').click();
    await page.getByRole('combobox', { name: 'Audience' }).click();
    await page.getByRole('option', { name: 'In Lyon' }).click();
    await page.getByText(/^1 person now/).waitFor();
    await button('Next: What').click();
    await button('Add a message').click();
    await page.getByRole('combobox', { name: 'Message' }).click();
    await page.getByRole('option', { name: 'For the wizard' }).click();
    await page.goBack();
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Spring, later');
    expect(await page.getByRole('combobox', { name: 'Audience' }).inputValue()).toBe('In Lyon');
    await page.goForward();
    expect(await page.getByRole('combobox', { name: 'Message' }).inputValue()).toMatch(/^For the wizard/);
    await page.goBack();
    await name.waitFor();
    expect(await name.inputValue()).toBe('Spring, later');
    // Out of the wizard altogether, and in again.
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
    await page.goForward();
    await until('the name is back', async () => (await name.inputValue()) === 'Spring, later');
    await button('Next: What').click();
    expect(await page.getByRole('combobox', { name: 'Message' }).inputValue()).toMatch(/^For the wizard/);
    const { items } = await api().call(campaignRoutes.listCampaigns);
    expect(items.find((one) => one.name === 'Spring, later')?.variants[0]?.messageId).toBe(messageId);
  });

  describe('two tabs', () => {
    it('of one message: one saves, the other is told and loses nothing, even by a reload', async () => {
      const id = await newMessage('Two tabs');
      await seat.open(`/messages/${id}`);
      const other = await seat.context.newPage();
      await other.goto(`${url()}/messages/${id}`);
      await other.getByRole('textbox', { name: 'Subject' }).waitFor();
      await page.getByRole('textbox', { name: 'Subject' }).fill('Typed in the first tab');
      await other.getByRole('textbox', { name: 'Subject' }).fill('Typed in the second tab');
      await button('Save as version 2').click();
      await page.getByText('Version 2 is saved.').waitFor();
      await other.getByText('Camille Marchand has saved version 2 meanwhile.', { exact: false }).waitFor();
      expect(await other.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe(
        'Typed in the second tab',
      );
      await other.reload();
      await other.getByText('You had typed this and not saved it', { exact: false }).waitFor();
      expect(await other.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe(
        'Typed in the second tab',
      );
      await other.getByRole('button', { name: 'See what changed' }).click();
      await other.getByRole('button', { name: 'Save mine as version 3' }).click();
      await other.getByText('Version 3 is saved.').waitFor();
      await until(
        'the first tab has the newest',
        async () =>
          (await page.getByRole('textbox', { name: 'Subject' }).inputValue()) === 'Typed in the second tab',
      );
      await other.close();
    });

    it('of one campaign: the same', async () => {
      const { id } = await newCampaign('Two tabs of a campaign');
      await seat.open(`/campaigns/${id}/edit?step=whom`);
      const other = await seat.context.newPage();
      await other.goto(`${url()}/campaigns/${id}/edit?step=whom`);
      await other.getByRole('textbox', { name: 'Name' }).fill('From the second tab');
      await page.getByRole('textbox', { name: 'Name' }).fill('From the first tab');
      await button('Save').click();
      await other.getByText('Somebody else changed this in the meantime').waitFor();
      expect(await other.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('From the second tab');
      await other.reload();
      await other.getByText('Somebody else changed this in the meantime').waitFor();
      expect(await other.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('From the second tab');
      await other.getByRole('button', { name: 'Keep mine and save it' }).click();
      await page.getByRole('heading', { level: 1, name: 'From the second tab' }).waitFor();
      await other.close();
    });
  });

  it('a reload keeps what was typed and not saved', async () => {
    const message = await newMessage('Reloaded');
    const segment = await newSegment('Reloaded', 'Lyon');
    const { id: campaign } = await newCampaign('Reloaded');
    const forms: readonly (readonly [path: string, field: string, back: RegExp])[] = [
      [`/messages/${message}`, 'Subject', /You had typed this and not saved it/],
      [`/audiences/${segment.id}`, 'Name', /What you had typed is back/],
      [`/campaigns/${campaign}/edit?step=whom`, 'Name', /What you had typed is back/],
      ['/settings/brand', 'Brand name', /What you had typed is back/],
      ['/settings/sender?edit=new', 'Registered name', /What you had typed is back/],
    ];
    for (const [path, field, back] of forms) {
      await seat.open(path);
      const input = page.getByRole('textbox', { name: field, exact: true });
      await input.fill('Kept across a reload');
      // At once: nothing waits for a timer.
      await page.reload();
      await page.getByText(back).waitFor();
      expect(await input.inputValue()).toBe('Kept across a reload');
      await page.getByRole('button', { name: 'Discard it' }).or(page.getByText('Discard it')).first().click();
    }
  });

  it('what is typed while a save is under way stays typed, and is saved next', async () => {
    const message = await newMessage('Slow save');
    const segment = await newSegment('Slow save', 'Lyon');
    const { id: campaign } = await newCampaign('Slow save');
    const forms: readonly (readonly [path: string, field: string])[] = [
      [`/messages/${message}`, 'Subject'],
      [`/audiences/${segment.id}`, 'Name'],
      [`/campaigns/${campaign}/edit?step=whom`, 'Name'],
      ['/settings/brand', 'Brand name'],
    ];
    const isSave = (request: Request): boolean =>
      /PUT|PATCH|POST/.test(request.method()) &&
      /api\/(messages|segments|campaigns|settings)(\/[0-9a-f-]+)?$/.test(request.url());
    for (const [path, field] of forms) {
      await seat.open(path);
      const input = page.getByRole('textbox', { name: field, exact: true });
      const save = main().getByRole('button', { name: /^Save( as version \d)?$/ });
      const saved = () => page.waitForResponse((answer) => isSave(answer.request()) && answer.ok());
      await input.fill('Sent');
      let release: () => void = () => undefined;
      const released = new Promise<void>((go) => {
        release = go;
      });
      const held = page.waitForRequest(isSave);
      const hold = async (call: Route): Promise<void> => {
        if (isSave(call.request())) await released;
        await call.continue();
      };
      await page.route('**/api/**', hold);
      await save.click();
      await held;
      await input.fill('Typed since');
      const first = saved();
      release();
      await first;
      await page.unroute('**/api/**', hold);
      const second = saved();
      await save.click();
      await second;
      expect(await input.inputValue(), path).toBe('Typed since');
      await until(
        `${path} is saved`,
        async () => (await save.isDisabled()) || (await save.getAttribute('aria-disabled')) === 'true',
      );
      await page.reload();
      await settled(page);
      await until(`${path} holds it`, async () => (await input.inputValue()) === 'Typed since');
      expect(await page.getByText(/You had typed this|What you had typed is back/).count(), path).toBe(0);
    }
  });

  it('mangled addresses lead to a page that says what is wrong', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    const addresses = [
      '/people?search=%00&sort=%F0%9F%98%80',
      '/people?search[]=1&sort={"a":1}',
      '/people/not-an-id',
      `/people/${nobody}`,
      `/people/${nobody}?tab=nonsense`,
      '/audiences/..%2f..%2fetc',
      `/audiences/${nobody}`,
      '/audiences/new?form=[]&from=zzz',
      '/messages/%F0%9F%98%80',
      `/messages/${nobody}`,
      `/campaigns/${nobody}/edit?step=zzz&preview=-1`,
      `/campaigns/${nobody}/report`,
      '/campaigns?state=nonsense&sort=-nothing',
      '/imports/undefined',
      '/catcher/null',
      '/audit?from=nonsense&to=2026-99-99&cursor=x',
      '/settings/nothing',
      '/catalogue?category=%3Cscript%3E&cursor=%%%',
      `/${'a/'.repeat(300)}`,
    ];
    const wrong: string[] = [];
    for (const address of addresses) {
      await page.goto(`${url()}${address}`);
      await settled(page);
      if (await page.getByText('This page has stopped working').isVisible()) wrong.push(address);
      if (!(await page.getByRole('link', { name: 'Home', exact: true }).first().isVisible()))
        wrong.push(`no way out: ${address}`);
    }
    expect(wrong).toEqual([]);
    // Not even an address: the server itself leads back.
    await page.goto(`${url()}/%E0%A4%A`);
    await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
    await picture('mangled');
    await page.getByRole('link', { name: 'Go to the start page' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  });

  it('a session that ended asks to sign in over the page, and goes on with the save', async () => {
    const id = await newMessage('Ended session');
    await seat.open(`/messages/${id}`);
    const subject = page.getByRole('textbox', { name: 'Subject' });
    await subject.fill('Typed before the session ended');
    // Changing the password ends every other session of the account; changed back, the words stay the same.
    const elsewhere = createClient({ baseUrl: url() });
    await elsewhere.call(accessRoutes.signIn, { body: who });
    const between = 'nine lanterns over the quiet bay';
    await elsewhere.call(accessRoutes.changePassword, {
      body: { currentPassword: who.password, newPassword: between },
    });
    await elsewhere.call(accessRoutes.changePassword, {
      body: { currentPassword: between, newPassword: who.password },
    });
    await api().call(accessRoutes.signIn, { body: who });
    const dialog = page.getByRole('dialog', { name: 'Please sign in again' });
    // The stream of news ends with the session: nobody has to press anything to be asked.
    await dialog.waitFor();
    await dialog.getByRole('textbox', { name: 'Password' }).fill('not my password at all');
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
    await dialog.getByRole('alert').waitFor();
    await picture('sign-in-again');
    await dialog.getByRole('textbox', { name: 'Password' }).fill(who.password);
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await subject.inputValue()).toBe('Typed before the session ended');
    await button('Save as version 2').click();
    await page.getByText('Version 2 is saved.').waitFor();
    // Ended once more, and this time in the middle of a call: the call itself goes on.
    await subject.fill('Typed without a session');
    const saving = `**/api/messages/${id}`;
    await page.route(saving, async (call) => {
      if (call.request().method() !== 'GET') await seat.context.clearCookies();
      await call.continue();
    });
    await button('Save as version 3').click();
    await dialog.waitFor();
    await page.unroute(saving);
    await dialog.getByRole('textbox', { name: 'Password' }).fill(who.password);
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
    await page.getByText('Version 3 is saved.').waitFor();
  });

  it('a server that is gone is said to be, loses no typing, and is found again', async () => {
    const id = await newMessage('Server gone');
    await seat.open(`/messages/${id}`);
    const subject = page.getByRole('textbox', { name: 'Subject' });
    const banner = page.getByText('The server does not answer. Trying again by itself', { exact: false });
    await subject.fill('Typed before');
    await house.killed();
    // Nobody asked for anything: the page finds out by itself.
    await banner.waitFor();
    await subject.fill('Typed while nobody was there');
    await button('Save as version 2').click();
    await page.getByText('What you typed is kept: try this again', { exact: false }).first().waitFor();
    await picture('server-gone');
    await house.start();
    await banner.waitFor({ state: 'detached' });
    await page.getByText('The server is back.').first().waitFor();
    expect(await subject.inputValue()).toBe('Typed while nobody was there');
    await button('Save as version 2').click();
    await page.getByText('Version 2 is saved.').waitFor();
    // The stream is there again: what others save appears without a reload.
    await api().call(messagesRoutes.updateMessage, {
      params: { id },
      body: {
        name: 'Renamed by a colleague',
        basedOn: 2,
        subject: 'New',
        mjml: messageOf('New'),
        language: 'en',
      },
    });
    await page.getByRole('heading', { level: 1, name: 'Renamed by a colleague' }).waitFor();
  });

  it('a server that hangs is noticed too', async () => {
    await seat.open('/people');
    const banner = page.getByText('The server does not answer. Trying again by itself', { exact: false });
    void house.server().kill('SIGSTOP');
    try {
      await page.getByRole('searchbox').fill('ada');
      await banner.waitFor({ timeout: 60_000 });
    } finally {
      void house.server().kill('SIGCONT');
    }
    await banner.waitFor({ state: 'detached' });
    await main().getByRole('row').filter({ hasText: 'Ada' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ada');
  });

  it('no page broke on the way', () => {
    // React notes what the page of a mangled address was answered.
    expect(complaints().filter((problem) => !problem.startsWith('console: ApiError: '))).toEqual([]);
  });
});
