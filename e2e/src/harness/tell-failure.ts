import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const watched = new Set<Page>();

/** What the pages of a failed test showed becomes a part of its error: a timeout alone says nothing. */
export const tellOnFailure = (page: Page): void => {
  watched.add(page);
  page.on('close', () => watched.delete(page));
};

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const shown = await Promise.all(
    [...watched].map(async (page) => {
      const body = await page
        .locator('body')
        .ariaSnapshot({ timeout: 5_000 })
        .catch((error: unknown) => String(error));
      return `${page.url()} showed:\n${body.slice(0, 4_000)}`;
    }),
  );
  if (shown.length === 0) return;
  const told = new Error(shown.join('\n\n'));
  told.name = 'Pages';
  delete told.stack;
  throw told;
});
