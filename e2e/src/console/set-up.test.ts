import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, pictureFolder } from '../harness/browser.ts';
import { buildConsole } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { type TemporaryFolder, temporaryFolder } from '../harness/data-folder.ts';
import { linksOf, partsOf, readMessage } from '../harness/message.ts';
import { type ServerProcess, startServerProcess } from '../harness/server-process.ts';
import { shopFile } from '../harness/shop-orders.ts';
import { type Sink, startSink } from '../harness/sink.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser)
  process.stderr.write('The set-up is not walked through: there is no /usr/bin/chromium here.\n');

const publicUrl = 'https://news.alba.example';
const password = 'seventeen quiet otters walk home';
/** One red pixel. */
const logo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** Mantine's select: opened by its field, chosen by its option. */
const choose = async (page: Page, field: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe.runIf(hasBrowser)('from an empty system to the first file', { timeout: 180_000 }, () => {
  let temporary: TemporaryFolder;
  let server: ServerProcess;
  let sink: Sink;
  let mails: string;
  let browser: Browser;
  let seat: Seat;
  let page: Page;
  beforeAll(async () => {
    buildConsole();
    temporary = temporaryFolder();
    mails = join(temporary.path, 'sink');
    mkdirSync(mails);
    mkdirSync(pictureFolder, { recursive: true });
    [server, sink, browser] = await Promise.all([
      startServerProcess({ folder: temporary.path }),
      startSink(mails),
      openBrowser(),
    ]);
    seat = await takeSeat(browser, server);
    page = seat.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await sink?.close();
    temporary?.remove();
  });

  const main = (): Locator => page.locator('main');
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const picture = (name: string) => page.screenshot({ path: join(pictureFolder, `set-up-${name}.png`) });
  /** The step that Home marks as the next one. */
  const nextStep = async (title: string): Promise<void> => {
    await main().locator('li[aria-current=step]').getByText(title, { exact: true }).waitFor();
  };

  it('the first account is made with the one-time token; a wrong one is refused and loses nothing', async () => {
    await page.goto(server.url);
    await page.getByText('Nobody has an account here yet').waitFor();
    await page.getByRole('link', { name: 'Set up Mesure' }).click();
    await page.getByRole('heading', { level: 1, name: 'Set up Mesure' }).waitFor();
    await page.getByLabel('One-time token').fill('not-the-one-that-was-printed');
    await page.getByLabel('Name of the shop or team').fill('Maison Alba');
    await page.getByLabel('Your name').fill('Camille Marchand');
    await page.getByLabel('E-mail address').fill('camille@alba.example');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await button('Create the account').click();
    await page.getByText('This set-up link is not valid', { exact: false }).first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe(password);
    await page.getByLabel('One-time token').fill(server.setupToken ?? '');
    await button('Create the account').click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await nextStep('Say who writes');
    await picture('home');
  });

  it('each empty page teaches its next step', async () => {
    const places: readonly (readonly [path: string, title: string, step: string])[] = [
      ['/people', 'Nobody here yet', 'Import a file'],
      ['/audiences', 'No audience yet', 'New audience'],
      ['/messages', 'No message yet', 'New message'],
      ['/campaigns', 'No campaign yet', 'New campaign'],
      ['/imports', 'No file has been imported', 'Import a file'],
      ['/catalogue', 'The catalogue is empty', 'Import orders'],
      ['/settings/sender', 'Nobody writes yet', 'Add a sender'],
    ];
    for (const [path, title, step] of places) {
      await seat.open(path);
      await main().getByRole('heading', { name: title }).waitFor();
      const next = main()
        .getByRole('link', { name: step })
        .or(main().getByRole('button', { name: step }));
      await next.first().waitFor();
      await picture(path.slice(1).replace('/', '-'));
    }
  });

  it('a sender is added', async () => {
    await seat.open('/');
    await main().getByRole('link', { name: 'Add a sender' }).click();
    await main().getByRole('button', { name: 'Add a sender' }).click();
    await page.getByLabel('Registered name').fill('Maison Alba SAS');
    await page.getByLabel('Contact address').fill('contact@alba.example');
    await page.getByLabel('Postal address').fill('12 rue des Cévennes\n34000 Montpellier');
    await page.getByLabel('Sender name').fill('Maison Alba');
    await page.getByLabel('Sender address').fill('bonjour@alba');
    await button('Save').click();
    await page.getByText('This is not an e-mail address', { exact: false }).waitFor();
    await page.getByLabel('Sender address').fill('bonjour@alba.example');
    await button('Save').click();
    await main().getByText('Maison Alba <bonjour@alba.example>').waitFor();
    await main().getByRole('link', { name: 'Connect it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mail server' }).waitFor();
  });

  it('the mail server is named and tested, with its own words when it refuses', async () => {
    await page.getByRole('radio', { name: 'Mail server (SMTP)' }).check();
    await page.getByLabel('Host').fill('127.0.0.1');
    await choose(page, 'Security', 'None (only on this machine)');
    await page.getByLabel('Port').fill(String(sink.port));
    await button('Save').click();
    await page.getByText('Everything is saved').waitFor();
    await sink.behave({ mode: 'down' });
    await button('Test the connection').click();
    await page.getByText('The server does not take our messages').waitFor();
    await page.getByText(/ECONNREFUSED/).waitFor();
    await picture('mail-server-refuses');
    await sink.behave({ mode: 'accept' });
    await button('Test the connection').click();
    await page.getByText('Connection and sign-in work. No message was sent.').waitFor();
    await choose(page, 'Test message', 'bonjour@alba.example');
    await button('Send a test message').click();
    await page.getByText('A test message is on its way to bonjour@alba.example.').waitFor();
    expect(sink.journal().map(({ recipient }) => recipient)).toEqual(['bonjour@alba.example']);
  });

  it('customers’ links get a public address', async () => {
    await seat.open('/settings/general');
    const address = page.getByLabel('Public address');
    await address.fill('http://news.alba.example/x');
    await button('Save').click();
    await page
      .getByText(/must begin with https|scheme and host only|https:\/\//)
      .first()
      .waitFor();
    await address.fill(publicUrl);
    await button('Save').click();
    await page.getByText('Everything is saved').waitFor();
    await seat.open('/');
    await nextStep('Invite a colleague who can approve');
  });

  it('a colleague joins by the link, and the page of the one who invited says so by itself', async () => {
    await main().getByRole('link', { name: 'Invite' }).click();
    await page.getByText('Nothing can be sent yet: there is no second person').waitFor();
    await page.getByLabel('E-mail address of your colleague').fill('alex@alba.example');
    await button('Make the invitation link').click();
    const shown = page.getByRole('status').filter({ hasText: 'Invitation for alex@alba.example' });
    const link = (await shown.locator('code, pre').first().innerText()).trim();
    await picture('invitation');
    const colleague = await takeSeat(browser, server);
    await colleague.page.goto(link.replace(publicUrl, server.url));
    await colleague.page.getByRole('heading', { level: 1, name: 'Join Maison Alba' }).waitFor();
    await colleague.page.getByLabel('Your name').fill('Alex Morin');
    await colleague.page.getByRole('textbox', { name: 'Password' }).fill('a brisk heron counts the tides');
    await colleague.page.getByRole('button', { name: 'Join' }).click();
    await colleague.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await main().getByRole('row').filter({ hasText: 'Alex Morin' }).waitFor();
    await page.getByText('Nothing can be sent yet: there is no second person').waitFor({ state: 'detached' });
    await colleague.page.goto(link.replace(publicUrl, server.url));
    await colleague.page.getByRole('heading', { name: 'This invitation is not valid any more' }).waitFor();
    await colleague.close();
  });

  it('a dropped file is understood, checked, imported, and taken back as a whole', async () => {
    const { csv } = shopFile(40);
    await seat.open('/');
    await nextStep('Import a file');
    await main().getByRole('link', { name: 'Import', exact: true }).click();
    const drop = page.getByRole('region', { name: 'Drop files of orders here' });
    await drop.waitFor();
    const carried = await page.evaluateHandle(
      `(() => { const carried = new DataTransfer();
         carried.items.add(new File([${JSON.stringify(csv)}], 'orders.csv', { type: 'text/csv' })); return carried; })()`,
    );
    await drop.dispatchEvent('dragover', { dataTransfer: carried });
    await page.getByText('Let go to send them').waitFor();
    await drop.dispatchEvent('drop', { dataTransfer: carried });
    await page.getByRole('heading', { level: 1, name: 'orders.csv' }).waitFor();
    await main().getByRole('heading', { name: 'What each column means' }).waitFor();
    await picture('mapping');

    const number = page.getByRole('combobox', { name: 'Column for: Date of the order' });
    const guessed = await number.inputValue();
    await choose(page, 'Column for: Date of the order', 'Not in the file');
    await page.getByText('Say which column holds the date of the order.').waitFor();
    expect(await button('Check the whole file').isDisabled()).toBe(true);
    await choose(page, 'Column for: Date of the order', guessed);
    await button('Check the whole file').click();
    await main().getByRole('heading', { name: 'What would happen' }).waitFor();
    await main().getByText('Every line is accounted for.', { exact: false }).waitFor();
    await picture('quality');

    await button(/^Import [\d,]+ lines$/).click();
    await main().getByRole('heading', { name: 'What was imported' }).waitFor();
    await main().getByRole('link', { name: 'See the people' }).click();
    await page.getByText('We know 40 people.').waitFor();
    await page.goBack();

    await button('Take this import back').click();
    const dialog = page.getByRole('dialog', { name: 'Take this import back?' });
    const confirm = dialog.getByRole('button', { name: /^Take back [\d,]+ lines$/ });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox').check();
    await picture('undo');
    await confirm.click();
    await main()
      .getByText(/^This import was taken back on/)
      .waitFor();
    await seat.open('/people');
    await page.getByText('Nobody here yet').waitFor();
  });

  it('a chosen file does the same', async () => {
    const path = join(temporary.path, 'orders-2.csv');
    writeFileSync(path, shopFile(40, 12).csv);
    await seat.open('/imports/new');
    const opened = page.waitForEvent('filechooser');
    await button('Choose files').click();
    await (await opened).setFiles(path);
    await page.getByRole('heading', { level: 1, name: 'orders-2.csv' }).waitFor();
    await button(/^Import$/).click();
    await main().getByRole('heading', { name: 'What was imported' }).waitFor();
    await seat.open('/');
    await nextStep('Describe an audience');
    await picture('home-later');
  });

  it('the brand’s name, colour and logo are on a customer’s page', async () => {
    await seat.open('/settings/brand');
    await page.getByLabel('Brand name').fill('Alba & Filles');
    await page.getByLabel('Accent colour').fill('#a02060');
    await button('Save').click();
    await page.getByText('Everything is saved').waitFor();
    const asked = page.waitForEvent('filechooser');
    await button('Upload a logo').click();
    await (await asked).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no') });
    await page.getByText('This is not a PNG, JPEG or WebP picture', { exact: false }).waitFor();
    const again = page.waitForEvent('filechooser');
    await button('Upload a logo').click();
    await (await again).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
    await page.getByRole('img', { name: 'Your logo' }).first().waitFor();
    await picture('brand');

    await seat.open('/messages/new');
    await main()
      .getByRole('button', { name: /^Start with this one/ })
      .first()
      .click();
    await button('Send me a test').click();
    await page.getByText('A test is on its way to camille@alba.example.').waitFor();
    const message = await until('the test is there', () =>
      readdirSync(mails)
        .filter((name) => name.endsWith('.eml'))
        .map((name) => readMessage(readFileSync(join(mails, name), 'latin1')))
        .find(({ headers }) => headers['to']?.[0]?.includes('camille@alba.example')),
    );
    const html = partsOf(message).find(({ type }) => type === 'text/html')?.text ?? '';
    const link = linksOf(html).find((address) => address.includes('/p/preferences/')) ?? '';
    const customer = await takeSeat(browser, server);
    await customer.page.goto(link.replace(publicUrl, server.url));
    await customer.page.getByRole('heading', { level: 1 }).waitFor();
    const mark = customer.page.getByRole('img', { name: 'Alba & Filles' });
    await mark.waitFor();
    expect(await customer.page.evaluate(`document.querySelector('img.logo').naturalWidth`)).toBe(1);
    await customer.page.screenshot({ path: join(pictureFolder, 'set-up-customer.png') });
    const styles = await customer.page.evaluate<string>('document.documentElement.outerHTML');
    expect(styles).toContain('#a02060');
    expect(customer.problems).toEqual([]);
    await customer.close();
  });

  it('nothing was complained about on the way', () => {
    // What was refused on purpose answers 4xx, and the browser notes it.
    expect(seat.problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([]);
  });
});
