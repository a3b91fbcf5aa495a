import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import { pictureFolder } from './browser.ts';
import type { Seat } from './console-page.ts';

/** What each person had before their eyes when a test failed: a picture, and its place in the output. */
export const pictureFailures = (seats: () => Readonly<Record<string, Seat | undefined>>): void => {
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      mkdirSync(pictureFolder, { recursive: true });
      for (const [who, seat] of Object.entries(seats())) {
        const path = join(pictureFolder, `failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}-${who}.png`);
        await seat?.page.screenshot({ path }).then(
          () => process.stderr.write(`${who} saw: ${path} (${seat.page.url()})\n`),
          () => undefined,
        );
      }
    });
  });
};
