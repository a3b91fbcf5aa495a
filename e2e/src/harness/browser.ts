import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's own; nothing is ever downloaded. */
const executablePath = '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);

// A browser that speaks to nobody but the page's own server.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...quiet, ...args] });

export interface Looking {
  readonly language: 'fr' | 'en';
  readonly width: 360 | 1280;
  readonly scheme: 'light' | 'dark';
}

export const everyLook: readonly Looking[] = (['fr', 'en'] as const).flatMap((language) =>
  ([360, 1280] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => ({ language, width, scheme })),
  ),
);

export const lookName = ({ language, width, scheme }: Looking): string => `${language}-${width}-${scheme}`;

/** Where the pictures of this run are, to be looked at. */
export const pictureFolder = process.env.E2E_PICTURES ?? mkdtempSync(join(tmpdir(), 'mesure-pages-'));

/** Runs in the page: a string, because this project's types know no document. */
const focusScript = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const key = [element.tagName, element.getAttribute('href') || element.getAttribute('name') || '', element.textContent.trim()].join(' ');
  return { tag: element.tagName, key, visible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 };
})()`;

interface Focus {
  readonly tag: string;
  readonly key: string;
  readonly visible: boolean;
}

const layoutScript = ({ language, width }: Looking): string => `(() => {
  const problems = [];
  const { scrollWidth, lang } = document.documentElement;
  if (scrollWidth > ${width}) problems.push(scrollWidth - ${width} + ' px to scroll sideways');
  if (lang !== '${language}') problems.push('lang is ' + lang);
  const headings = document.querySelectorAll('h1');
  if (headings.length !== 1 || headings[0].textContent.trim() === '') problems.push(headings.length + ' h1');
  if (document.title.trim() === '') problems.push('no title');
  for (const field of document.querySelectorAll('input:not([type=hidden])')) {
    if (field.labels.length === 0) problems.push('no label for ' + field.name);
  }
  for (const button of document.querySelectorAll('button')) {
    if (button.getBoundingClientRect().height < 40) problems.push('small button: ' + button.textContent.trim());
  }
  return problems;
})()`;

/** Long lists are enough when their beginning can be gone through. */
const MOST_STOPS = 12;

/** Goes through the page with the Tab key: everything that can be used has to be reached, with a focus that can be seen. */
const keyboardProblems = async (page: Page): Promise<readonly string[]> => {
  const usable = page.locator(
    'a[href]:visible, button:visible, input:not([type=hidden]):visible, summary:visible',
  );
  const wanted = Math.min(await usable.count(), MOST_STOPS);
  // A framed message has stops of its own, with the browser's own outline.
  let framed = (await page.locator('iframe').count()) * 20;
  for (let reached = 0; reached < wanted; ) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<Focus | null>(focusScript);
    if (framed > 0 && (focus === null || focus.tag === 'IFRAME')) {
      framed -= 1;
      continue;
    }
    if (!focus) return [`the Tab key leaves the page after ${reached} of ${wanted}`];
    if (!focus.visible) return [`the focus cannot be seen on ${focus.key}`];
    reached += 1;
  }
  return [];
};

export interface Sight {
  readonly name: string;
  readonly address: string;
  readonly status: number;
  /** A long list: a picture of its beginning will do. */
  readonly long?: boolean;
}

const lookAt = async (
  page: Page,
  { name, address, status, long }: Sight,
  look: Looking,
): Promise<readonly string[]> => {
  const { host } = new URL(address);
  const problems: string[] = [];
  page.removeAllListeners();
  page.on('console', (message) => {
    const isStatus = status >= 400 && message.text().includes(String(status));
    if (['error', 'warning'].includes(message.type()) && !isStatus)
      problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.host !== host) problems.push(`asks ${request.url()}`);
  });
  const response = await page.goto(address);
  if (response?.status() !== status) problems.push(`answers ${response?.status()}`);
  problems.push(...(await page.evaluate<string[]>(layoutScript(look))));
  await page.screenshot({ path: join(pictureFolder, `${name}-${lookName(look)}.png`), fullPage: !long });
  problems.push(...(await keyboardProblems(page)));
  return problems.map((problem) => `${name}: ${problem}`);
};

/** Opens each address as somebody would without scripts, takes its picture and answers with what is wrong. */
export const problemsOf = async (
  browser: Browser,
  look: Looking,
  sights: readonly Sight[],
): Promise<readonly string[]> => {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width === 360 ? 720 : 900 },
    colorScheme: look.scheme,
    locale: look.language === 'fr' ? 'fr-FR' : 'en-GB',
    javaScriptEnabled: false,
  });
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    for (const sight of sights) problems.push(...(await lookAt(page, sight, look)));
    return problems;
  } finally {
    await context.close();
  }
};
