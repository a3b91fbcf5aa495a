import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { everybody, prepareMaterial } from '../harness/campaign.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { type ConsoleHouse, openConsoleHouse } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser) process.stderr.write('The keyboard is not tried: there is no /usr/bin/chromium here.\n');

const minutes = 180_000;
const { say, like } = wordsIn('en');

const names = {
  audience: 'Everybody by keyboard',
  message: 'Letter by keyboard',
  campaign: 'Without a mouse',
};

interface Focus {
  readonly name: string;
  readonly role: string;
  /** Why it cannot be seen; empty when it can. */
  readonly hidden: string;
}

/** Runs in the page: what has the focus, and whether a person sees that it has. */
const focusScript = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const nameOf = () => {
    const by = element.getAttribute('aria-labelledby');
    if (by) return by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const label = element.labels?.[0]?.textContent;
    return element.getAttribute('aria-label') ?? label ?? element.textContent;
  };
  const { outlineStyle, outlineWidth, visibility } = getComputedStyle(element);
  const ringed = (style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
  // Radio buttons and switches ring what stands for them.
  const label = element.labels?.[0];
  const next = element.nextElementSibling;
  const shown = ringed({ outlineStyle, outlineWidth }) ||
    (label && ringed(getComputedStyle(label))) || (next && ringed(getComputedStyle(next)));
  const { width, height, right, bottom, left, top } = element.getBoundingClientRect();
  const hidden = visibility === 'hidden' ? 'hidden'
    : right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight ? 'out of sight at ' + [left, top]
    : width * height < 1 && !label ? 'without a size'
    // Within a message its own link is ringed, by the browser.
    : shown || element.tagName === 'IFRAME' ? '' : 'without a ring';
  const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
  return { name: (nameOf() ?? '').replace(/\\s+/g, ' ').trim(), role, hidden };
})()`;

describe.runIf(hasBrowser)('the console without a mouse', () => {
  let house: ConsoleHouse;
  let browser: Browser;
  let marketer: Seat;
  let approver: Seat;

  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(120), openBrowser()]);
    const client: Client = createClient({ baseUrl: house.url });
    await client.call(accessRoutes.signIn, { body: house.marketer });
    await prepareMaterial(client, {
      name: names.audience,
      rule: everybody,
      starter: 'letter-en',
    });
    marketer = await takeSeat(browser, house, { who: house.marketer });
    approver = await takeSeat(browser, house, { who: house.approver });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  pictureFailures(() => ({ marketer, approver }));

  const focusOf = (page: Page): Promise<Focus | null> => page.evaluate<Focus | null>(focusScript);

  /** Where the focus is once the page has come to rest: somewhere, in sight, with a ring. */
  const focused = async (page: Page, after: string): Promise<Focus> => {
    let seen: Focus | null = null;
    await until(
      `the focus can be seen after ${after}`,
      async () => {
        seen = await focusOf(page);
        return seen !== null && seen.hidden === '';
      },
      { withinMs: 10_000 },
    ).catch(() => {
      throw new Error(
        seen === null ? `The focus is lost after ${after}.` : `After ${after}: ${JSON.stringify(seen)}.`,
      );
    });
    return seen as unknown as Focus;
  };

  const press = async (page: Page, key: string): Promise<Focus> => {
    await page.keyboard.press(key);
    return focused(page, key);
  };

  /** Tab by Tab, as somebody does who sees where they are. */
  const tabTo = async (page: Page, name: string | RegExp, { back = false } = {}): Promise<void> => {
    const passed: string[] = [];
    const tab = back ? 'Shift+Tab' : 'Tab';
    for (let stops = 0; stops < 80; stops += 1) {
      await page.keyboard.press(tab);
      // Behind the last stop come the browser's own, then the page again from its beginning.
      if ((await focusOf(page)) === null) await page.keyboard.press(tab);
      const { name: here } = await focused(page, `${tab} from ${passed.at(-1) ?? 'where it was'}`);
      if (typeof name === 'string' ? here === name : name.test(here)) return;
      passed.push(here);
    }
    throw new Error(`Tab does not lead to ${String(name)}. It passed: ${passed.join(' | ')}`);
  };

  const headed = (page: Page, title: string | RegExp): Promise<void> =>
    page.getByRole('heading', { level: 1, name: title }).waitFor();

  const byPalette = async (page: Page, typed: string): Promise<void> => {
    await press(page, 'Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(typed);
    await page.getByRole('dialog').getByText(typed, { exact: true }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  /** A list to choose from: opened, typed into, taken. */
  const pick = async (page: Page, field: string, option: string): Promise<void> => {
    await tabTo(page, field);
    await page.keyboard.type(option);
    await page.getByRole('option', { name: option }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await focused(page, `choosing ${option}`);
  };

  it('goes to places, shows its keys, and closes what it opened', { timeout: minutes }, async () => {
    const { page, open } = marketer;
    await open('/');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: say('shell.keys.title') });
    await help.waitFor();
    await focused(page, '?');
    await help.getByText(say('shell.keys.goTo', { place: say('shell.places.campaigns') })).waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await focused(page, 'closing the help');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await headed(page, say('shell.places.campaigns'));
    await focused(page, 'g c');
    await page.keyboard.press('Shift+B');
    const brake = page.getByRole('dialog', { name: say('brake.title') });
    await brake.waitFor();
    expect((await focused(page, 'Shift+B')).name).toContain(say('brake.reason'));
    await page.keyboard.press('Escape');
    await brake.waitFor({ state: 'detached' });
    await focused(page, 'closing the brake');
  });

  it('drafts and submits a campaign', { timeout: minutes }, async () => {
    const { page } = marketer;
    await byPalette(page, say('campaigns.list.new'));
    await headed(page, say('campaigns.new.title'));
    expect((await focused(page, 'the palette')).name).toBe(say('campaigns.edit.name'));
    await page.keyboard.type(names.campaign);
    await page.keyboard.press('Enter');
    await headed(page, names.campaign);
    await focused(page, 'beginning the campaign');
    await pick(page, say('campaigns.part.segmentId'), names.audience);
    const go = async (step: string): Promise<void> => {
      await tabTo(page, say('campaigns.edit.nextTo', { step: say(`campaigns.edit.step.${step}`) }));
      await page.keyboard.press('Enter');
      await page.locator('[aria-current=step]', { hasText: say(`campaigns.edit.step.${step}`) }).waitFor();
      await until('the step has the focus', async () =>
        (await focused(page, step)).name.includes(say(`campaigns.edit.step.${step}`)),
      );
    };
    await go('what');
    await tabTo(page, say('campaigns.what.addFirst'));
    await press(page, 'Enter');
    await tabTo(page, say('campaigns.what.key'), { back: true });
    await pick(page, say('campaigns.what.message'), names.audience);
    await go('when');
    await go('check');
    await page.getByText(like('campaigns.review.wouldGet')).waitFor();
    await tabTo(page, say('campaigns.submit.button'));
    await page.keyboard.press('Enter');
    await page.getByText(say('campaigns.submit.done')).waitFor();
    await focused(page, 'submitting');
  });

  it('is approved from a list that arrows move through', { timeout: minutes }, async () => {
    const { page, open } = approver;
    await open('/');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await headed(page, say('shell.places.campaigns'));
    await page.keyboard.press('/');
    expect((await focused(page, '/')).name).toBe(say('campaigns.list.search'));
    const rows = page.getByRole('grid').locator('[data-index]');
    await tabTo(page, new RegExp(names.campaign));
    const isOnIt = async (): Promise<boolean> =>
      (await focused(page, 'an arrow')).name.includes(names.campaign);
    await page.keyboard.press('ArrowDown');
    await until('the arrow leads down', async () => !(await isOnIt()));
    await page.keyboard.press('ArrowUp');
    await until('the arrow leads back up', isOnIt);
    expect(await rows.count()).toBeGreaterThan(1);
    await page.keyboard.press('Enter');
    await headed(page, names.campaign);
    await focused(page, 'opening the campaign');
    await tabTo(page, say('campaigns.approve.comment'));
    await page.keyboard.type('Fine.');
    await tabTo(page, like('campaigns.approve.button'));
    await page.keyboard.press('Enter');
    await page.getByText(say('campaigns.approve.done')).waitFor();
    await focused(page, 'approving');
  });

  it('is sent, and watched', { timeout: minutes }, async () => {
    const { page } = marketer;
    await page.getByText('Fine.').waitFor();
    await focused(page, 'somebody else’s approval');
    await tabTo(page, like('campaigns.start.send'));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: say('campaigns.start.confirm') });
    await dialog.waitFor();
    expect((await focused(page, 'asking to send')).name).toBe(say('common.cancel'));
    await tabTo(page, like('campaigns.start.send'));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: say('campaigns.progress.title'), exact: true })
      .getByRole('table')
      .waitFor();
    await focused(page, 'sending');
  });

  it('moves the time and reads the report', { timeout: minutes }, async () => {
    const { page } = marketer;
    await tabTo(page, say('demo.plus.day'));
    await page.keyboard.press('Enter');
    await page.getByText(like('demo.arrived')).first().waitFor({ timeout: 120_000 });
    await focused(page, 'moving the time');
    await tabTo(page, say('campaigns.act.report'), { back: true });
    await page.keyboard.press('Enter');
    await headed(page, say('report.of', { name: names.campaign }));
    await focused(page, 'opening the report');
    await tabTo(page, say('common.showTable'));
    expect((await press(page, 'Enter')).name).toBe(say('common.showChart'));
    await page.getByRole('table', { name: like('report.plot.says') }).waitFor();
    await press(page, 'Enter');
    await tabTo(page, say('common.download'));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'SVG' }).waitFor();
    await until('the menu has the focus', async () => (await focused(page, 'the menu')).name === 'SVG');
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'SVG' }).waitFor({ state: 'detached' });
    expect((await focused(page, 'closing the menu')).name).toBe(say('common.download'));
  });

  it('went without an error', () => {
    expect([...marketer.problems, ...approver.problems]).toEqual([]);
  });
});
