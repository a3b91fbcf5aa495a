import { accessRoutes } from '@mesure/contract/access';
import { auditRoutes } from '@mesure/contract/audit';
import { createClient } from '@mesure/contract/client';
import { profilesRoutes } from '@mesure/contract/profiles';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { everybody, prepareMaterial, sendsOf, startNew, untilFinished } from '../harness/campaign.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { buildConsole } from '../harness/console-house.ts';
import { type Seat, settled, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import { type House, openHouse } from '../harness/house.ts';
import { importShop, shopFile } from '../harness/shop-orders.ts';
import { credentials } from '../harness/team.ts';

if (!hasBrowser) process.stderr.write('Accounts are not tried: there is no /usr/bin/chromium here.\n');

const { say, like } = wordsIn('en');

describe.runIf(hasBrowser)('what only a person with an account can do', { timeout: 180_000 }, () => {
  let house: House;
  let browser: Browser;
  let marketer: Seat;
  let approver: Seat;
  const url = (): string => house.server().url;

  beforeAll(async () => {
    buildConsole();
    [house, browser] = await Promise.all([
      openHouse({ pressureCap: { messages: 100, hours: 1 }, globalHoldoutShare: 0 }),
      openBrowser(),
    ]);
    await importShop(house.team().marketer, shopFile(30));
    marketer = await takeSeat(browser, { url: url() }, { who: credentials.marketer });
    approver = await takeSeat(browser, { url: url() }, { who: credentials.approver });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  pictureFailures(() => ({ marketer, approver }));

  const button = (at: Page | Locator, name: string): Locator => at.getByRole('button', { name, exact: true });
  const refusedBy = (client: ReturnType<typeof createClient>) =>
    expect(client.call(profilesRoutes.countProfiles)).rejects.toMatchObject({ code: 'unauthenticated' });

  it('says what became of sends whose fate nobody knows', async () => {
    const team = house.team();
    const name = 'Lost on the line';
    const material = await prepareMaterial(team.marketer, { name, rule: everybody, starter: 'letter-fr' });
    await house.sink.behave({ mode: 'drop' });
    const id = await startNew(team, material, name);
    const { counts } = await untilFinished(team.marketer, id);
    await house.sink.behave({ mode: 'accept' });
    const unknown = counts.uncertain ?? 0;
    expect(unknown).toBeGreaterThan(1);

    const { page } = marketer;
    await marketer.open('/');
    const waiting = page.getByRole('listitem').filter({
      hasText: say('home.waiting.what.settle_uncertain', { name, count: unknown }),
    });
    await waiting.getByRole('link', { name: say('home.waiting.go.settle_uncertain') }).click();
    const panel = page.getByRole('region', { name: say('campaigns.uncertain.title') });
    const settle = async (as: 'accepted' | 'cancelled', comment: string): Promise<string> => {
      const row = panel.getByRole('row').first();
      const person = (await row.getByRole('link').innerText()).trim();
      await button(row, say(`campaigns.uncertain.${as}`)).click();
      const dialog = page.getByRole('dialog', { name: say('campaigns.uncertain.settle') });
      const confirm = button(dialog, say(`campaigns.uncertain.${as}`));
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByRole('textbox', { name: say('campaigns.uncertain.how') }).fill(comment);
      await confirm.click();
      await dialog.waitFor({ state: 'detached' });
      await panel.getByRole('link', { name: person, exact: true }).waitFor({ state: 'detached' });
      return person;
    };
    const arrived = await settle('accepted', 'It is in the log of the provider.');
    const lost = await settle('cancelled', 'The log of the provider does not know it.');

    const sends = await sendsOf(team.marketer, id);
    const stateOf = (person: string) => sends.find((send) => send.person === person)?.state;
    expect([stateOf(arrived), stateOf(lost)]).toEqual(['accepted', 'cancelled']);
    expect(sends.filter(({ state }) => state === 'uncertain')).toHaveLength(unknown - 2);
    const { items } = await team.approver.call(auditRoutes.listAudit, { query: { limit: 20 } });
    const written = JSON.stringify(items);
    expect(written).toContain('It is in the log of the provider.');
    expect(written).toContain('The log of the provider does not know it.');
    // Nothing was sent again by itself.
    expect(house.sink.journal().filter(({ sendId }) => sends.some((send) => send.id === sendId)).length).toBe(
      unknown,
    );
  });

  it('makes a key for a program and revokes it: it is refused from then on', async () => {
    const { page } = marketer;
    await marketer.open('/settings/keys');
    const name = 'Nightly export';
    await page.getByRole('textbox', { name: say('settings.keys.name') }).fill(name);
    await button(page, say('settings.keys.create')).click();
    const shown = page.getByRole('status').filter({ hasText: say('settings.keys.made', { name }) });
    const token = (await shown.locator('code, pre').first().innerText()).trim();
    const program = createClient({ baseUrl: url(), token });
    expect((await program.call(profilesRoutes.countProfiles)).total).toBe(30);

    await page.reload();
    await settled(page);
    expect(await page.getByText(token).count()).toBe(0);
    await button(page, say('settings.keys.revokeOf', { name })).click();
    const dialog = page.getByRole('dialog', { name: say('settings.keys.revokeOf', { name }) });
    await button(dialog, say('common.cancel')).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await program.call(profilesRoutes.countProfiles)).total).toBe(30);
    await button(page, say('settings.keys.revokeOf', { name })).click();
    await button(dialog, say('settings.keys.revoke')).click();
    await page.getByText(say('settings.keys.revoked')).waitFor();
    await page.getByText(say('settings.keys.none')).waitFor();
    await refusedBy(program);
  });

  it('looks up in DNS what is published, and signs with no key that is not', async () => {
    const { page } = marketer;
    await marketer.open('/settings/signing');
    const domain = page.getByRole('region', { name: 'maison-alba.example', exact: true });
    const unchecked = domain.getByText(say('settings.signing.status.unchecked'));
    expect(await unchecked.count()).toBe(3);
    await button(domain, say('settings.signing.renew')).click();
    const activate = button(domain, say('settings.signing.activate'));
    await activate.click();
    // Nobody has published it: with or without a DNS at hand, it is not found.
    await domain.getByRole('alert').waitFor();
    expect(await activate.count()).toBe(1);
    await button(domain, say('settings.signing.check')).click();
    const notFound = domain
      .getByText(say('settings.signing.status.missing'))
      .or(domain.getByText(say('settings.signing.status.unreachable')));
    await notFound.nth(2).waitFor();
    expect(await unchecked.count()).toBe(0);
  });

  it('changes the password: the one before is refused, other sessions end, this one goes on', async () => {
    const { page } = approver;
    const { email, password } = credentials.approver;
    const newPassword = 'eleven lanterns over the quiet bay';
    const elsewhere = await takeSeat(browser, { url: url() }, { who: credentials.approver });
    await elsewhere.open('/people');
    const program = createClient({ baseUrl: url() });
    await program.call(accessRoutes.signIn, { body: { email, password } });

    await approver.open('/settings/password');
    const current = page.getByRole('textbox', { name: say('settings.password.current') });
    const next = page.getByRole('textbox', { name: say('settings.password.next') });
    await current.fill('not my password at all');
    await next.fill(newPassword);
    await button(page, say('settings.password.change')).click();
    await page.getByRole('alert').first().waitFor();
    expect(await next.inputValue()).toBe(newPassword);
    await program.call(profilesRoutes.countProfiles);
    await current.fill(password);
    await button(page, say('settings.password.change')).click();
    await page.getByText(say('settings.password.changed')).waitFor();

    await refusedBy(program);
    const dialog = elsewhere.page.getByRole('dialog', { name: say('shell.signInAgain.title') });
    await dialog.waitFor();
    const answer = async (words: string): Promise<void> => {
      await dialog.getByRole('textbox', { name: say('shell.signInAgain.password') }).fill(words);
      await button(dialog, say('shell.signInAgain.submit')).click();
    };
    await answer(password);
    await dialog.getByRole('alert').waitFor();
    await answer(newPassword);
    await dialog.waitFor({ state: 'detached' });
    await elsewhere.close();

    await approver.open('/people');
    await page.getByText(like('people.answer')).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
