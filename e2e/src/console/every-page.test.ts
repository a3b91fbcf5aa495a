import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../harness/axe.ts';
import { hasBrowser, openBrowser, pictureFolder } from '../harness/browser.ts';
import { type ConsoleHouse, openConsoleHouse } from '../harness/console-house.ts';
import { type Look, type Seat, takeSeat } from '../harness/console-page.ts';
import { type ConsolePlace, placesOf } from './places.ts';

if (!hasBrowser) process.stderr.write('The console is not looked at: there is no /usr/bin/chromium here.\n');

/** Each language and each scheme once: their words and their colours do not depend on each other. */
const looks: readonly (readonly [string, Look])[] = [
  ['en-light', { language: 'en', scheme: 'light' }],
  ['fr-dark', { language: 'fr', scheme: 'dark' }],
];

describe.runIf(hasBrowser)('every page of the console', () => {
  let house: ConsoleHouse;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(), openBrowser()]);
    mkdirSync(pictureFolder, { recursive: true });
    process.stderr.write(`Pictures of the console: ${pictureFolder}\n`);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const visit = async (
    seat: Seat,
    { name, path }: ConsolePlace,
    look: string,
  ): Promise<readonly string[]> => {
    const before = seat.problems.length;
    await seat.open(path);
    await seat.page.screenshot({ path: join(pictureFolder, `${name}-${look}.png`) });
    const problems = [...(await accessibilityProblems(seat.page)), ...seat.problems.slice(before)];
    const title = await seat.page.title();
    if (!/^.+ · Mesure$/.test(title)) problems.push(`its title is ${title}`);
    return problems.map((problem) => `${name}: ${problem}`);
  };

  it.each(looks)('is accessible, keeps to its policy and asks nobody else: %s', async (name, look) => {
    const seat = await takeSeat(browser, house, { who: house.marketer, look });
    const problems: string[] = [];
    for (const place of await placesOf(seat.page)) problems.push(...(await visit(seat, place, name)));
    await seat.close();
    expect(problems).toEqual([]);
  });

  it.each([320, 2560])('fits a screen of %i px without scrolling sideways', async (width) => {
    const seat = await takeSeat(browser, house, { who: house.marketer, look: { width, language: 'fr' } });
    const problems: string[] = [];
    for (const { name, path } of await placesOf(seat.page)) {
      await seat.open(path);
      await seat.page.screenshot({ path: join(pictureFolder, `${name}-${width}.png`) });
      const wide = await seat.page.evaluate<number>('document.documentElement.scrollWidth');
      if (wide > width) problems.push(`${name}: ${wide - width} px too wide`);
    }
    await seat.close();
    expect(problems).toEqual([]);
  });

  it.each(['/sign-in', '/join?token=gone-for-good-long-ago', '/setup'])(
    'before the sign-in too: %s',
    async (path) => {
      const problems: string[] = [];
      for (const [name, look] of looks) {
        const seat = await takeSeat(browser, house, { look });
        await seat.page.goto(`${house.url}${path}`);
        await seat.page.locator('h1').waitFor();
        await seat.page.screenshot({ path: join(pictureFolder, `${path.slice(1, 5)}-${name}.png`) });
        problems.push(...(await accessibilityProblems(seat.page)));
        // An invitation that is gone answers 404 or 410: the browser notes it.
        problems.push(...seat.problems.filter((problem) => !/status of 4\d\d/.test(problem)));
        await seat.close();
      }
      expect(problems).toEqual([]);
    },
  );
});
