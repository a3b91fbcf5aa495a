import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';

const watched = new Set<Page>();

/** What a page of a failed test showed is printed below its error: a timeout alone says nothing. */
export const tellOnFailure = (page: Page): void => {
  watched.add(page);
  page.on('close', () => watched.delete(page));
};

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const page of watched) {
    const shown = await page
      .locator('body')
      .ariaSnapshot({ timeout: 5_000 })
      .catch((error: unknown) => String(error));
    process.stderr.write(`“${task.name}” failed at ${page.url()}, which showed:\n${shown.slice(0, 4_000)}\n`);
  }
});
