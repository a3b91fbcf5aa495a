import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { ConsoleHouse, Credentials } from './console-house.ts';
import { tellOnFailure } from './tell-failure.ts';
import { until } from './until.ts';

export interface Look {
  readonly language?: 'en' | 'fr';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A person at a screen: one browser context, its page, and everything that went wrong on it. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the page, refused policies, requests to anybody else. */
  readonly problems: readonly string[];
  /** Opens an address of the console and waits until it has settled. */
  readonly open: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Skeletons are gone: what the page shows is there. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('main h1, main [role=alert]').first().waitFor();
  const skeletons = page.locator('main [role=status][aria-label]:not([data-samples] *)');
  await until('the page has settled', async () => (await skeletons.count()) === 0, { withinMs: 20_000 });
};

const watch = (page: Page, host: string, problems: string[]): void => {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.host !== host) problems.push(`asks ${request.url()}`);
  });
};

const signIn = async (page: Page, { email, password }: Credentials): Promise<void> => {
  const status = await page.evaluate(
    `fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' },
       body: ${JSON.stringify(JSON.stringify({ email, password }))} }).then(async (answer) => {
         const { id } = await answer.json();
         localStorage.setItem('mesure.tour.' + id, JSON.stringify({ at: 0, seen: true }));
         return answer.status;
       })`,
  );
  if (status !== 201) throw new Error(`Signing in answered ${String(status)}.`);
};

/** Takes a seat: signed in when `who` is given, with the first-run tour put away. */
export const takeSeat = async (
  browser: Browser,
  house: Pick<ConsoleHouse, 'url'>,
  { who, look = {} }: { readonly who?: Credentials; readonly look?: Look } = {},
): Promise<Seat> => {
  const { language = 'en', scheme = 'light', width = 1280, height = 900 } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    reducedMotion: 'reduce',
  });
  context.on('page', tellOnFailure);
  const page = await context.newPage();
  const problems: string[] = [];
  watch(page, new URL(house.url).host, problems);
  if (who) {
    await page.goto(`${house.url}/icon.svg`);
    await signIn(page, who);
  }
  return {
    page,
    context,
    problems,
    open: async (path) => {
      await page.goto(`${house.url}${path}`);
      await settled(page);
    },
    close: () => context.close(),
  };
};
