import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { type ImportDetail, importsRoutes } from '@mesure/contract/imports';
import type { Bench } from '../bench.ts';
import { countRecords } from '../measure/count-lines.ts';
import { launch, removeFolder, temporaryDataFolder } from '../measure/launched.ts';
import { median, round } from '../measure/median.ts';
import { cpuSeconds, watchPss } from '../measure/process-tree.ts';

const data = fileURLToPath(new URL('../../../../shared/data/online-retail/', import.meta.url));
const port = 3392;
const baseUrl = `http://127.0.0.1:${port}`;
const runs = 3;
/** The measuring itself takes CPU: each look reads the memory map of every process of the server. */
const lookEveryMs = 200;

interface Run {
  readonly seconds: number;
  readonly cpu: number;
  readonly peakPssMb: number;
  readonly accounted: number;
  readonly detail: ImportDetail;
}

const signUp = async (token: string): Promise<void> => {
  await createClient({ baseUrl }).call(accessRoutes.setUp, {
    body: {
      token,
      workspace: { name: 'Bench', timeZone: 'Europe/London', currency: 'GBP', language: 'en' },
      account: { email: 'bench@example.test', name: 'Bench', password: 'a password for one minute' },
    },
  });
};

/** From the first byte sent to `committed`, by the calls of the command line. */
const importFiles = async (
  client: Client,
  files: readonly string[],
): Promise<{ readonly detail: ImportDetail; readonly seconds: number }> => {
  const { id } = await client.call(importsRoutes.createImport);
  const started = performance.now();
  for (const name of files) {
    const file = await open(join(data, name));
    await client.call(importsRoutes.addImportFile, { params: { id, name }, body: file.createReadStream() });
  }
  await client.call(importsRoutes.startImport, { params: { id } });
  for (;;) {
    const detail = await client.call(importsRoutes.getImport, { params: { id } });
    if (detail.failure !== null) throw new Error(`The import failed: ${detail.failure}`);
    if (detail.state === 'committed') return { detail, seconds: (performance.now() - started) / 1000 };
    await wait(50);
  }
};

const accountedFor = ({ report }: ImportDetail): number =>
  report === null ? 0 : report.productLines + report.otherLines + report.linesSetAside;

const runOnce = async (files: readonly string[]): Promise<Run> => {
  const folder = temporaryDataFolder();
  try {
    const server = launch('server/src/main.ts', [], {
      MESURE_DATA_FOLDER: folder,
      MESURE_PORT: String(port),
      MESURE_LOG_LEVEL: 'error',
    });
    try {
      const token = /one-time token: (\S+)/;
      while (!token.test(server.output())) {
        if (server.process.exitCode !== null)
          throw new Error(`The server ended with ${server.process.exitCode}.`);
        await wait(20);
      }
      await signUp(token.exec(server.output())?.[1] ?? '');
      const client = createClient({
        baseUrl,
        token: readFileSync(join(folder, 'local-token'), 'utf8').trim(),
      });
      const cpuBefore = cpuSeconds(server.pid);
      const pss = watchPss(server.pid, lookEveryMs);
      const { detail, seconds } = await importFiles(client, files);
      const peakPssMb = pss.stop();
      const cpu = cpuSeconds(server.pid) - cpuBefore;
      return { seconds, cpu, peakPssMb, accounted: accountedFor(detail), detail };
    } finally {
      server.process.kill('SIGTERM');
      await server.ended;
    }
  } finally {
    removeFolder(folder);
  }
};

export const importOrders: Bench = {
  name: 'import',
  about: 'nine months of a real shop (../shared/data/online-retail), over the API, to a committed import',
  run: async ({ say }) => {
    const files = existsSync(data)
      ? readdirSync(data)
          .filter((name) => name.endsWith('.csv.gz'))
          .sort()
      : [];
    if (files.length === 0) throw new Error('skipped: no ../shared/data/online-retail');
    const linesInFiles = files.reduce((sum, name) => sum + countRecords(join(data, name)), 0);
    const done: Run[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const result = await runOnce(files);
      done.push(result);
      say(
        `run ${run}: ${round(result.seconds)} s, ${round(result.cpu)} s of CPU, peak ${round(result.peakPssMb, 0)} MB, ` +
          `${result.accounted} of ${linesInFiles} lines accounted for`,
      );
    }
    const report = done[0]?.detail.report;
    return {
      figures: {
        linesPerSecond: round(linesInFiles / median(done.map(({ seconds }) => seconds)), 0),
        peakPssMb: round(median(done.map(({ peakPssMb }) => peakPssMb)), 0),
        linesInFiles,
        linesAccountedFor: Math.min(...done.map(({ accounted }) => accounted)),
        allLinesAccountedFor: done.every(({ accounted }) => accounted === linesInFiles),
        wallSeconds: round(median(done.map(({ seconds }) => seconds))),
        cpuSeconds: round(median(done.map(({ cpu }) => cpu))),
        people: (report?.people.new ?? 0) + (report?.people.known ?? 0),
        products: report?.products ?? 0,
        orders: report?.orders.completed ?? 0,
      },
      notes: [
        'cpuSeconds: of the server and its PostgreSQL; processes that ended during a run are not in it.',
      ],
    };
  },
};
