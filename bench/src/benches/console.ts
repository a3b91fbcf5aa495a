import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { type ConsoleAt, hasBrowser, measureBrowser } from '../measure/console-browser.ts';
import { launch, removeFolder, temporaryDataFolder } from '../measure/launched.ts';
import { measurePeopleSearch } from '../measure/people-search.ts';
import { openServer } from '../measure/set-up.ts';
import { loadPeople } from '../people/load.ts';

const port = 3393;
const people = 1_000_000;

/** The demo with its sample shop of 5,000 customers, as `npm run demo` shows it. */
const openDemo = async (
  folder: string,
): Promise<{ readonly at: ConsoleAt; readonly stop: () => Promise<void> }> => {
  const demo = launch('--console', ['sample/src/demo/main.ts'], {
    MESURE_DATA_FOLDER: folder,
    MESURE_PORT: String(port),
    MESURE_CATCHER_PORT: '0',
    MESURE_LOG_LEVEL: 'error',
  });
  while (!/Approver\s+\S+\s+\S+/.test(demo.output())) {
    if (demo.process.exitCode !== null) throw new Error(`The demo ended with ${demo.process.exitCode}.`);
    await wait(100);
  }
  const [, url = ''] = /Open\s+(http\S+)/.exec(demo.output()) ?? [];
  const [, email = '', password = ''] = /Marketer\s+(\S+)\s+(\S+)/.exec(demo.output()) ?? [];
  return {
    at: { url, email, password },
    stop: async () => {
      demo.process.kill('SIGTERM');
      await demo.ended;
    },
  };
};

const browserFigures = async () => {
  const folder = temporaryDataFolder();
  const demo = await openDemo(folder);
  try {
    return await measureBrowser(demo.at);
  } finally {
    await demo.stop();
    removeFolder(folder);
  }
};

export const consoleSpeed: Bench = {
  name: 'console',
  about:
    'the built console in Chromium on the sample shop; search as you type over a million people, over HTTP: 200 different texts of 1 to 12 characters',
  run: async ({ say }) => {
    const inBrowser = hasBrowser ? await browserFigures() : {};
    const notes = hasBrowser ? [] : ['There is no /usr/bin/chromium: only the search was measured.'];
    const folder = temporaryDataFolder();
    try {
      await (await openServer(folder, { port, fresh: true })).stop();
      const started = performance.now();
      await loadPeople({ folder, people, replicate: false, say });
      const loadSeconds = (performance.now() - started) / 1000;
      const { client, stop } = await openServer(folder, { port, fresh: false });
      try {
        return {
          figures: {
            ...inBrowser,
            people,
            loadSeconds: Math.round(loadSeconds),
            ...(await measurePeopleSearch(client)),
          },
          notes,
        };
      } finally {
        await stop();
      }
    } finally {
      removeFolder(folder);
    }
  },
};
