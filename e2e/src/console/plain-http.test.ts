import { campaignRoutes } from '@mesure/contract/campaigns';
import { importsRoutes } from '@mesure/contract/imports';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { buildConsole } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import { type House, openHouse } from '../harness/house.ts';
import { openSessionKeeper, type SessionKeeper } from '../harness/session-keeper.ts';
import { credentials } from '../harness/team.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser) process.stderr.write('Plain http is not tried: there is no /usr/bin/chromium here.\n');

const orders =
  'Order ID,Order date,Email,SKU,Quantity,Unit price,Currency\nL1,2025-03-01,ada@people.example,TEA,1,9.90,EUR';

describe.runIf(hasBrowser)(
  'the console over plain http, by a name of the shop’s own network',
  {
    timeout: 120_000,
  },
  () => {
    let house: House;
    let keeper: SessionKeeper;
    let browser: Browser;
    let seat: Seat | undefined;

    beforeAll(async () => {
      buildConsole();
      [house, browser] = await Promise.all([
        openHouse(),
        openBrowser('--host-resolver-rules=MAP shop.lan 127.0.0.1'),
      ]);
      keeper = await openSessionKeeper(house.server().port);
    });
    afterAll(async () => {
      await browser?.close();
      await keeper?.close();
      await house?.close();
    });
    pictureFailures(() => ({ marketer: seat }));

    const at = (port: number) => ({ url: `http://shop.lan:${port}` });
    /** The browser says of its own accord that it ignores a policy for https. */
    const problems = (): readonly string[] =>
      (seat?.problems ?? []).filter(
        (problem) => !/Cross-Origin-Opener-Policy header has been ignored/.test(problem),
      );
    const isSafe = (page: Page): Promise<boolean> => page.evaluate<boolean>('window.isSecureContext');

    it.each(['en', 'fr'] as const)(
      'says before and after signing in that it needs https, in %s',
      async (language) => {
        const { say } = wordsIn(language);
        seat = await takeSeat(browser, at(house.server().port), { look: { language } });
        const { page, close } = seat;
        await page.goto(`${at(house.server().port).url}/campaigns`);
        const told = page.getByText(say('access.httpsOnly'));
        await told.waitFor();
        expect(await isSafe(page)).toBe(false);
        await page.getByRole('textbox', { name: say('access.email') }).fill(credentials.marketer.email);
        await page.getByRole('textbox', { name: say('access.password') }).fill(credentials.marketer.password);
        await page.getByRole('button', { name: say('access.signIn.submit') }).click();
        await page
          .getByRole('alert')
          .filter({ hasText: say('common.error.title') })
          .waitFor();
        expect(await told.count()).toBe(2);
        expect(problems().filter((problem) => !/status of 401/.test(problem))).toEqual([]);
        await close();
      },
    );

    describe('behind somebody who keeps the session', () => {
      const { say } = wordsIn('en');
      let page: Page;

      beforeAll(async () => {
        seat = await takeSeat(browser, at(keeper.port), { who: credentials.marketer });
        page = seat.page;
      });

      it('saves a campaign, and shows what others save', async () => {
        const { id } = await house
          .team()
          .marketer.call(campaignRoutes.createCampaign, { body: { name: 'Plain' } });
        await seat?.open(`/campaigns/${id}/edit`);
        expect(await isSafe(page)).toBe(false);
        const name = page.getByRole('textbox', { name: say('campaigns.edit.name'), exact: true });
        await name.fill('Typed over plain http');
        await page.reload();
        await until('the words are back', async () => (await name.inputValue()) === 'Typed over plain http');
        await page.getByRole('button', { name: say('common.save'), exact: true }).click();
        await page.getByText(say('common.saved'), { exact: true }).first().waitFor();
        const saved = await house.team().marketer.call(campaignRoutes.getCampaign, { params: { id } });
        expect(saved.name).toBe('Typed over plain http');
        await house.team().marketer.call(campaignRoutes.updateCampaign, {
          params: { id },
          body: { version: saved.version, name: 'By a colleague' },
        });
        await page.getByRole('heading', { level: 1, name: 'By a colleague' }).waitFor();
      });

      it('takes a file', async () => {
        await seat?.open('/imports/new');
        const asked = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose files' }).click();
        await (await asked).setFiles({ name: 'lan.csv', mimeType: 'text/csv', buffer: Buffer.from(orders) });
        await page.getByRole('heading', { level: 1, name: 'lan.csv' }).waitFor();
        const { items } = await house.team().marketer.call(importsRoutes.listImports);
        expect(items.flatMap(({ files }) => files.map(({ name }) => name))).toContain('lan.csv');
      });

      it('says that it cannot copy, and selects the text to be copied by hand', async () => {
        await seat?.open('/settings/signing');
        await page
          .getByRole('button', { name: say('common.copy'), exact: true })
          .first()
          .click();
        await page.getByText(say('common.copyByHand')).waitFor();
        const selected = await page.evaluate<string>('String(getSelection())');
        expect(selected).toBe(await page.locator('main pre').first().innerText());
      });

      it('goes without an error', () => {
        expect(problems()).toEqual([]);
      });
    });
  },
);
