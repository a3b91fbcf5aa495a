import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { buildConsole } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import { type House, openHouse } from '../harness/house.ts';
import { credentials } from '../harness/team.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser) process.stderr.write('Upgrades are not tried: there is no /usr/bin/chromium here.\n');

const { say } = wordsIn('en');

describe.runIf(hasBrowser)(
  'a tab that stays open over an upgrade of the server',
  { timeout: 120_000 },
  () => {
    let house: House;
    let browser: Browser;
    let seat: Seat;
    let page: Page;

    beforeAll(async () => {
      buildConsole();
      [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    });
    afterAll(async () => {
      await browser?.close();
      await house?.close();
    });
    beforeEach(async () => {
      seat = await takeSeat(browser, house.server(), { who: credentials.marketer });
      page = seat.page;
    });
    afterEach(() => seat.close());
    pictureFailures(() => ({ marketer: seat }));

    interface Upgrade {
      /** Names a part that is gone from the server. */
      readonly gone: RegExp;
      /** Whether the server's start page names other scripts than the tab runs. */
      readonly isOther?: boolean;
      /** A tab that loads the page again gets everything. */
      readonly heals?: boolean;
    }

    /** As after an upgrade of the server; answers how often the tab has loaded a page since. */
    const upgrade = async ({ gone, isOther = true, heals = true }: Upgrade): Promise<() => number> => {
      let loads = 0;
      const answer = async (route: Route): Promise<void> => {
        const request = route.request();
        const { pathname } = new URL(request.url());
        if (request.isNavigationRequest()) loads += 1;
        const isOld = !heals || loads === 0;
        if (isOld && gone.test(pathname)) await route.abort();
        else if (isOld && isOther && pathname === '/' && request.resourceType() === 'fetch')
          await route.fulfill({
            contentType: 'text/html',
            body: '<script src="/assets/start-newer.js"></script>',
          });
        else await route.continue();
      };
      await page.route('**/*', answer);
      return () => loads;
    };
    const goTo = (place: string): Promise<void> =>
      page
        .getByRole('navigation')
        .getByRole('link', { name: say(`shell.places.${place}`), exact: true })
        .click();
    const heading = (name: string) => page.getByRole('heading', { name, exact: true });
    const again = () => page.getByRole('button', { name: say('common.error.reload') });

    it('loads the page anew by itself, once, where nothing is unsaved', async () => {
      await seat.open('/');
      const loads = await upgrade({ gone: /\/people-page-/ });
      await goTo('people');
      await page.getByText(say('people.empty.title')).waitFor();
      expect(new URL(page.url()).pathname).toBe('/people');
      expect(loads()).toBe(1);
      expect(await heading(say('shell.updated')).count()).toBe(0);
    });

    it('asks first where something is typed and not saved, and keeps it', async () => {
      await seat.open('/campaigns/new');
      const name = page.getByRole('textbox', { name: say('campaigns.edit.name') });
      await name.fill('Typed before the upgrade');
      const loads = await upgrade({ gone: /\/palette-/ });
      await page.keyboard.press('ControlOrMeta+K');
      const banner = page.getByRole('status').filter({ hasText: say('shell.updatedHint') });
      await banner.waitFor();
      expect(loads()).toBe(0);
      expect(await name.inputValue()).toBe('Typed before the upgrade');
      await again().click();
      await banner.waitFor({ state: 'detached' });
      await until('the words are back', async () => (await name.inputValue()) === 'Typed before the upgrade');
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('dialog').waitFor();
      expect(loads()).toBe(1);
    });

    it('does not go round in circles when the new one lacks the page, too', async () => {
      await seat.open('/');
      const loads = await upgrade({ gone: /\/people-page-/, heals: false });
      await goTo('people');
      await page.getByText(say('shell.updatedHint')).first().waitFor();
      expect(loads()).toBe(1);
      await goTo('audit');
      await heading(say('audit.title')).waitFor();
      await goTo('people');
      await page.getByText(say('shell.updatedHint')).nth(1).waitFor();
      expect(loads()).toBe(1);
    });

    it('speaks of no upgrade when the page only did not arrive', async () => {
      await seat.open('/');
      const loads = await upgrade({ gone: /\/people-page-/, isOther: false });
      await goTo('people');
      await page.getByText(say('shell.goneHint')).waitFor();
      expect(loads()).toBe(0);
      await again().click();
      await page.getByText(say('people.empty.title')).waitFor();
      expect(loads()).toBe(1);
    });
  },
);
