import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { liveRoutes } from '@mesure/contract/live';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../harness/axe.ts';
import { hasBrowser, openBrowser, pictureFolder } from '../harness/browser.ts';
import { draftCampaign } from '../harness/campaign.ts';
import { type ConsoleHouse, type Credentials, openConsoleHouse } from '../harness/console-house.ts';
import { type Look, type Seat, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import { openImport } from '../harness/shop-orders.ts';
import { until } from '../harness/until.ts';
import { type ConsolePlace, placesOf } from './places.ts';

if (!hasBrowser) process.stderr.write('Nothing is watched for moving: there is no /usr/bin/chromium here.\n');

/** Where everything is that one could press, from the top of the page. Runs in the page. */
const placesScript = `(() => {
  const seen = {};
  for (const element of document.querySelectorAll('main button, main a[href], main input, main textarea')) {
    if (element.disabled || element.closest('[data-open], [role=row], nav') || !element.checkVisibility()) continue;
    const name = (element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent || '').trim();
    if (name !== '') seen[element.tagName + ' ' + name] ??= Math.round(element.getBoundingClientRect().top + scrollY);
  }
  return seen;
})()`;
type Places = Readonly<Record<string, number>>;

/** The eye does not follow less, and a press still hits. */
const mostPixels = 4;
/** Long enough for an answer to be drawn, and for what it makes the page ask next. */
const drawnMs = 150;

interface Held {
  readonly path: string;
  readonly answer: () => Promise<void>;
}

const orders = [
  'Order ID,Order date,Email,SKU,Product,Category,Quantity,Unit price,Currency',
  'P1,2025-03-01,ada@people.example,TEA,Tea,Tea,1,9.90,EUR',
].join('\n');

describe.runIf(hasBrowser)('what one could press stays in its place', { timeout: 300_000 }, () => {
  let house: ConsoleHouse;
  let browser: Browser;
  let seat: Seat;
  let page: Page;
  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(120), openBrowser()]);
    seat = await takeSeat(browser, house, { who: house.marketer });
    page = seat.page;
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const signedIn = async (who: Credentials): Promise<Client> => {
    const client = createClient({ baseUrl: house.url });
    await client.call(accessRoutes.signIn, { body: who });
    return client;
  };
  const idIn = (places: readonly ConsolePlace[], wanted: string): string =>
    places
      .find(({ name }) => name === wanted)
      ?.path.split('/')
      .at(-1) ?? '';

  /** Answers come one by one; `next` says which of those that wait is the next. */
  const watch = async (
    path: string,
    next: (waiting: Held[]) => Held | undefined,
  ): Promise<readonly string[]> => {
    const waiting: Held[] = [];
    const hold = async (route: Route): Promise<void> => {
      const { pathname } = new URL(route.request().url());
      if (/\/(live|health|session|settings|demo)\b/.test(pathname)) return route.continue();
      waiting.push({ path: pathname, answer: () => route.continue() });
    };
    await page.route('**/api/**', hold);
    const moved: string[] = [];
    await page.goto(`${house.url}${path}`);
    await page.locator('main, #root').first().waitFor({ state: 'attached' });
    await pause(3 * drawnMs);
    let before = await page.evaluate<Places>(placesScript);
    for (let quiet = 0, turn = 0; quiet < 4 && turn < 40; turn += 1) {
      const one = next(waiting);
      if (one) {
        waiting.splice(waiting.indexOf(one), 1);
        // What the page does not want any more is aborted, and never answered.
        await one.answer().catch(() => undefined);
        quiet = 0;
      } else quiet += 1;
      await pause(drawnMs);
      const after = await page.evaluate<Places>(placesScript);
      for (const [name, top] of Object.entries(before)) {
        const by = (after[name] ?? top) - top;
        if (Math.abs(by) > mostPixels)
          moved.push(`${path}: ${name} moves by ${by} px after ${one?.path ?? 'the last answer'}`);
      }
      before = after;
    }
    await page.unroute('**/api/**', hold);
    return moved;
  };

  /** A campaign with everything chosen, step by step. */
  const wizard = async (places: readonly ConsolePlace[]): Promise<readonly ConsolePlace[]> => {
    const client = await signedIn(house.marketer);
    const material = { segmentId: idIn(places, 'audience'), messageId: idIn(places, 'message') };
    const { id } = await draftCampaign(client, material, { name: 'Step by step', holdoutShare: 0.1 });
    return ['whom', 'what', 'when', 'check'].map((step) => ({
      name: step,
      path: `/campaigns/${id}/edit?step=${step}`,
    }));
  };

  it.each([
    ['first asked, first answered', (waiting: Held[]) => waiting[0]],
    ['last asked, first answered', (waiting: Held[]) => waiting.at(-1)],
  ])('while a page loads: %s', async (_order, next) => {
    await page.goto(house.url);
    await page.locator('main h1').waitFor();
    const known = await placesOf(page);
    // What is known of somebody decides how tall a header is: several people, different ones in each run.
    const people = await page.evaluate<readonly string[]>(
      `fetch('/api/profiles?limit=4').then((answer) => answer.json()).then(({ items }) => items.map(({ id }) => id))`,
    );
    const places = [
      ...known.filter(({ name }) => name !== 'gallery' && name !== 'not-there'),
      { name: 'settings-signing', path: '/settings/signing' },
      ...people.slice(1).map((id) => ({ name: 'person', path: `/people/${id}` })),
      ...(await wizard(known)),
    ];
    const moved: string[] = [];
    for (const { path } of places) moved.push(...(await watch(path, next)));
    expect(moved).toEqual([]);
  });

  it.each<readonly [string, Look]>([
    ['at a desk', { language: 'en', scheme: 'light', width: 1280 }],
    ['on a telephone', { language: 'fr', scheme: 'dark', width: 375, height: 720 }],
  ])('while somebody comes to edit the same, and goes again: %s', async (where, look) => {
    await page.goto(house.url);
    await page.locator('main h1').waitFor();
    const known = await placesOf(page);
    const marketer = await signedIn(house.marketer);
    const other = await signedIn(house.approver);
    const { name } = await other.call(accessRoutes.readSession);
    const { id: importId } = await openImport(marketer, orders);
    const [whom] = await wizard(known);
    const places = [
      {
        kind: 'campaign',
        id: /campaigns\/([^/]+)/.exec(whom?.path ?? '')?.[1] ?? '',
        path: whom?.path ?? '',
      },
      { kind: 'message', id: idIn(known, 'message'), path: `/messages/${idIn(known, 'message')}` },
      { kind: 'segment', id: idIn(known, 'audience'), path: `/audiences/${idIn(known, 'audience')}` },
      { kind: 'import', id: importId, path: `/imports/${importId}` },
      { kind: 'settings', id: 'general', path: '/settings/general' },
    ] as const;
    const { say } = wordsIn(look.language ?? 'en');
    const told = say('common.presence.also', { count: 1, names: name });
    const {
      page: shown,
      open,
      close,
      problems,
    } = await takeSeat(browser, house, {
      who: house.marketer,
      look,
    });
    const notice = shown.getByRole('button', { name: told, exact: true });
    for (const { kind, id, path } of places) {
      const announce = (editing: boolean) =>
        other.call(liveRoutes.announcePresence, { body: { kind, id, editing, tab: 'another' } });
      await open(path);
      // What is counted and drawn late has come.
      let before = await shown.evaluate<Places>(placesScript);
      await until('the page is at rest', async () => {
        const last = before;
        await pause(drawnMs);
        before = await shown.evaluate<Places>(placesScript);
        return JSON.stringify(last) === JSON.stringify(before);
      });
      await announce(true);
      await notice.waitFor();
      const { [`BUTTON ${told}`]: _notice, ...others } = await shown.evaluate<Places>(placesScript);
      expect(others, path).toEqual(before);
      expect(await accessibilityProblems(shown), path).toEqual([]);
      await shown.screenshot({ path: join(pictureFolder, `also-here-${kind}-${look.width}.png`) });
      expect(await shown.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
      await notice.click();
      await shown
        .getByText(say('common.presence.rule', { count: 1 }))
        .last()
        .waitFor();
      await announce(false);
      // Whoever reads it keeps it, and the focus with it.
      const said = shown.locator('main [role=status]').filter({ hasText: told });
      await until('the other one has left', async () => (await said.count()) === 0);
      expect(await notice.count(), path).toBe(1);
      await shown.keyboard.press('Escape');
      await shown.locator('main h1').focus();
      await notice.waitFor({ state: 'detached' });
      expect(await shown.evaluate<Places>(placesScript), path).toEqual(before);
    }
    expect(problems, where).toEqual([]);
    await close();
  });
});
