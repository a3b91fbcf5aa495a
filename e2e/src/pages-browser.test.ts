import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  everyLook,
  hasBrowser,
  lookName,
  openBrowser,
  pictureFolder,
  problemsOf,
  type Sight,
} from './harness/browser.ts';
import { type DemoHouse, openDemo } from './harness/demo-house.ts';

if (!hasBrowser) process.stderr.write('The pages are not looked at: there is no /usr/bin/chromium here.\n');

describe.runIf(hasBrowser)('in a browser without scripts', () => {
  let demo: DemoHouse;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([openDemo(), openBrowser()]);
    process.stderr.write(`Pictures of the pages: ${pictureFolder}\n`);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  const sights = (language: string): readonly Sight[] => {
    const customers = (['why', 'preferences', 'unsubscribe'] as const).map((name) => ({
      name,
      address: `${demo.links[name]}?lang=${language}`,
      status: 200,
    }));
    return [...customers, { name: 'docs', address: `${demo.url}/api/docs`, status: 200, long: true }];
  };

  it.each(everyLook.map((look) => [lookName(look), look] as const))(
    'every page is well: %s',
    async (_name, look) => {
      expect(await problemsOf(browser, look, sights(look.language))).toEqual([]);
    },
  );

  it('what is chosen by keyboard on a phone counts, and can be undone', async () => {
    const context = await browser.newContext({
      viewport: { width: 360, height: 720 },
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(`${demo.links.preferences}?lang=en`);
    await page.getByRole('button', { name: 'Pause for 30 days' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^No offers or news until/).waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The pause is over').waitFor();
    await page.goto(`${demo.links.unsubscribe}?lang=en`);
    await page.getByRole('button', { name: 'Unsubscribe' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'You are unsubscribed' }).waitFor();
    await context.close();
  });
});
