import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { atShare, median, round } from './median.ts';

const executablePath = '/usr/bin/chromium';

export interface ConsoleAt {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

interface Visit {
  readonly interactiveMs: number;
  readonly jsKbGzip: number;
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Interactive: the page's heading and its first answer are there and a key press opens the palette. */
const interactive = async (page: Page): Promise<void> => {
  await page.locator('main h1').waitFor();
  const skeletons = page.locator('main [role=status][aria-label]');
  while ((await skeletons.count()) > 0) await page.waitForTimeout(5);
};

const newPage = async (browser: Browser, { url, email, password }: ConsoleAt): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${url}/icon.svg`);
  await page.evaluate(
    `fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify({ email, password }))} })`,
  );
  return page;
};

/** One first visit of Home with an empty cache; scripts counted as they crossed the line, asked for with gzip only. */
const firstVisit = async (browser: Browser, at: ConsoleAt): Promise<Visit> => {
  const page = await newPage(browser, at);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': 'gzip' } });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType === 'text/javascript') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const started = performance.now();
  await page.goto(at.url, { waitUntil: 'commit' });
  await interactive(page);
  const interactiveMs = performance.now() - started;
  await page.waitForTimeout(1_500);
  await page.context().close();
  return { interactiveMs, jsKbGzip: bytes / 1000 };
};

const places = [
  'People',
  'Audiences',
  'Imports',
  'Catalogue',
  'Messages',
  'Campaigns',
  'Audit',
  'Settings',
  'Home',
];

/**
 * From the press to the new page with its content, first visits of each page included. The pointer rests on the link for
 * a tenth of a second before the press, as a hand does; the console uses it to prepare the page.
 */
const routeChanges = async (browser: Browser, at: ConsoleAt): Promise<readonly number[]> => {
  const page = await newPage(browser, at);
  await page.goto(at.url);
  await interactive(page);
  const go = async (place: string): Promise<number> => {
    await page.locator('nav a', { hasText: new RegExp(`^${place}$`) }).hover();
    await page.waitForTimeout(100);
    // Measured inside the page: the remote control's own round trips are not the console's.
    const ms = await page.evaluate(`new Promise((done) => {
      const link = [...document.querySelectorAll('nav a')].find((each) => each.textContent.trim() === ${JSON.stringify(place)});
      const before = document.querySelector('main h1');
      const started = performance.now();
      const look = () => {
        const heading = document.querySelector('main h1');
        const there = heading && (heading !== before || heading.textContent.trim() === ${JSON.stringify(place)})
          && document.querySelectorAll('main [role=status][aria-label]').length === 0
          && link.getAttribute('aria-current') === 'page';
        if (there) requestAnimationFrame(() => done(performance.now() - started));
        else requestAnimationFrame(look);
      };
      link.click();
      look();
    })`);
    return Number(ms);
  };
  const taken: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) for (const place of places) taken.push(await go(place));
  await page.context().close();
  return taken;
};

/** Without a browser the figures are absent and that is said. */
export const hasBrowser = existsSync(executablePath);

export const measureBrowser = async (
  at: ConsoleAt,
): Promise<{
  jsKbGzipFirstLoad: number;
  interactiveMs: number;
  routeChangeP95Ms: number;
  routeChangeP50Ms: number;
}> => {
  const browser = await launch();
  try {
    const visits: Visit[] = [];
    for (let visit = 0; visit < 5; visit += 1) visits.push(await firstVisit(browser, at));
    const changes = await routeChanges(browser, at);
    return {
      jsKbGzipFirstLoad: round(Math.max(...visits.map(({ jsKbGzip }) => jsKbGzip)), 1),
      interactiveMs: round(median(visits.map((visit) => visit.interactiveMs)), 0),
      routeChangeP95Ms: round(atShare(changes, 0.95), 1),
      routeChangeP50Ms: round(atShare(changes, 0.5), 1),
    };
  } finally {
    await browser.close();
  }
};
