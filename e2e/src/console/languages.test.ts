import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, pictureFolder } from '../harness/browser.ts';
import { type ConsoleHouse, openConsoleHouse } from '../harness/console-house.ts';
import { settled, takeSeat } from '../harness/console-page.ts';
import { until } from '../harness/until.ts';
import { placesOf } from './places.ts';

if (!hasBrowser)
  process.stderr.write('The languages are not compared: there is no /usr/bin/chromium here.\n');

/** Words that no French sentence of the console has: each stands in many of the English ones. */
const tellTale =
  /\b(the|this|that|these|they|their|with|without|from|which|whose|what|who|when|and|are|was|were|has|have|been|not|nothing|nobody|yet|people|settings|send|sent|save|saved|search|delete|toggle|clear|password|chart|of|to|by)\b/giu;

/**
 * What stands on the page and is the console's own: names that somebody gave, code, framed messages and what says that it
 * is in another language are not.
 */
const ownWords = `(() => {
  const others = 'script, style, [lang]:not([lang=fr]):not(html), code, pre, .cm-editor, iframe, bdi, [data-samples], [translate=no]';
  const said = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { const text = node.textContent.trim(); if (text) said.push(text); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(others)) return;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      if (node.hasAttribute(name)) said.push(node.getAttribute(name));
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  return [document.title, ...said];
})()`;

describe.runIf(hasBrowser)('two languages', { timeout: 180_000 }, () => {
  let house: ConsoleHouse;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(120), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const french = () => takeSeat(browser, house, { who: house.marketer, look: { language: 'fr' } });
  const langOf = (page: Page) => page.evaluate<string>('document.documentElement.lang');
  const schemeOf = (page: Page) =>
    page.evaluate<string>('document.documentElement.dataset.mantineColorScheme');
  /** From the account's menu, as somebody does in the middle of typing. */
  const pick = async (page: Page, entry: string): Promise<void> => {
    await page.getByRole('button', { name: /^(Account of|Compte de) / }).click();
    await page.getByRole('menuitem', { name: entry, exact: true }).click();
  };

  it.each([
    ['/messages/new-one', 'Subject', 'Objet'],
    ['/audiences/new', 'Name', 'Nom'],
    ['/campaigns/new', 'Name', 'Nom'],
    ['/settings/brand', 'Brand name', 'Nom de la marque'],
  ])(
    'are changed at run time, as the appearance is, without losing what is typed: %s',
    async (path, en, fr) => {
      const seat = await takeSeat(browser, house, { who: house.marketer });
      const { page } = seat;
      const { items } = await page.evaluate<{ readonly items: readonly { readonly id: string }[] }>(
        `fetch('/api/messages?limit=1').then((one) => one.json())`,
      );
      const message = items[0]?.id;
      await seat.open(path === '/messages/new-one' ? `/messages/${message}` : path);
      const field = page.getByRole('textbox', { name: en, exact: true });
      await field.fill('Typed, not saved · saisi, pas enregistré');
      expect(await langOf(page)).toBe('en');
      await pick(page, 'Français');
      await until('the page is French', async () => (await langOf(page)) === 'fr');
      const champ = page.getByRole('textbox', { name: fr, exact: true });
      expect(await champ.inputValue()).toBe('Typed, not saved · saisi, pas enregistré');
      await pick(page, 'Sombre');
      await until('the page is dark', async () => (await schemeOf(page)) === 'dark');
      expect(await champ.inputValue()).toBe('Typed, not saved · saisi, pas enregistré');
      await pick(page, 'English');
      await until('the page is English', async () => (await langOf(page)) === 'en');
      expect(await field.inputValue()).toBe('Typed, not saved · saisi, pas enregistré');
      // What was chosen is still so after a reload, and nothing typed is gone.
      await page.reload();
      await settled(page);
      expect([await langOf(page), await schemeOf(page)]).toEqual(['en', 'dark']);
      expect(await field.inputValue()).toBe('Typed, not saved · saisi, pas enregistré');
      expect(seat.problems).toEqual([]);
      await seat.close();
    },
  );

  it('write numbers, shares, money and dates as their readers do', async () => {
    const seat = await takeSeat(browser, house, { who: house.marketer });
    const { page } = seat;
    const campaign = (await placesOf(page)).find(({ name }) => name === 'report')?.path ?? '';
    const read = async (path: string): Promise<string> => {
      await seat.open(path);
      return page.locator('main').innerText();
    };
    const [english, gallery] = [await read(campaign), await read('/gallery')];
    await pick(page, 'Français');
    await until('the page is French', async () => (await langOf(page)) === 'fr');
    const [francais, galerie] = [await read(campaign), await read('/gallery')];
    const all = { en: `${english}\n${gallery}`, fr: `${francais}\n${galerie}` };
    expect(all.en).toMatch(/\d%/);
    expect(all.en).toMatch(/\d\.\d/);
    expect(all.en).toMatch(/€\d/);
    expect(all.en).toMatch(/\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]* \d{4}/);
    // Narrow or wide, the space before a sign never breaks.
    expect(all.fr).toMatch(/\d[\u00a0\u202f]%/);
    expect(all.fr).toMatch(/\d,\d/);
    expect(all.fr).toMatch(/\d[\u00a0\u202f]€/);
    expect(all.fr).toMatch(/\d{1,2}(er)? (janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)\S* \d{4}/);
    expect(all.fr).not.toMatch(/€\d|\d%| [:;?!%»]|« /);
    expect(all.en).not.toMatch(/\d[\u00a0\u202f]€|\d,\d%/);
    await seat.close();
  });

  it('leave no English word on any French page', async () => {
    const seat = await french();
    const found: string[] = [];
    for (const { name, path } of await placesOf(seat.page)) {
      await seat.open(path);
      await seat.page.screenshot({ path: join(pictureFolder, `fr-${name}.png`) });
      expect(await langOf(seat.page)).toBe('fr');
      for (const said of await seat.page.evaluate<readonly string[]>(ownWords)) {
        const words = said.match(tellTale);
        if (words) found.push(`${name}: ${words.join(', ')} in “${said.slice(0, 160)}”`);
      }
    }
    await seat.close();
    expect(found).toEqual([]);
  });

  it.each(['/sign-in', '/setup', '/join', '/join?token=gone-for-good-long-ago'])(
    'nor before the sign-in: %s',
    async (path) => {
      const seat = await takeSeat(browser, house, { look: { language: 'fr' } });
      await seat.page.goto(`${house.url}${path}`);
      await seat.page.locator('h1').waitFor();
      expect(await langOf(seat.page)).toBe('fr');
      const said = await seat.page.evaluate<readonly string[]>(ownWords);
      expect(said.filter((text) => text.match(tellTale))).toEqual([]);
      await seat.page.getByRole('button', { name: 'English' }).click();
      await until('the page is English', async () => (await langOf(seat.page)) === 'en');
      await seat.close();
    },
  );
});
