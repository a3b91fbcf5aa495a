import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { type Launched, launch, removeFolder, temporaryDataFolder } from '../measure/launched.ts';
import { median, round } from '../measure/median.ts';
import { cpuSeconds, pssMb } from '../measure/process-tree.ts';

const port = 3391;
const idleSeconds = 60;

const isReady = async (): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/health/ready`)).ok;
  } catch {
    return false;
  }
};

const startUntilReady = async (
  folder: string,
): Promise<{ readonly server: Launched; readonly seconds: number }> => {
  const started = performance.now();
  const server = launch('server/src/main.ts', [], {
    MESURE_DATA_FOLDER: folder,
    MESURE_PORT: String(port),
    MESURE_LOG_LEVEL: 'error',
  });
  while (!(await isReady())) {
    if (server.process.exitCode !== null)
      throw new Error(`The server ended with ${server.process.exitCode}.`);
    await wait(10);
  }
  return { server, seconds: (performance.now() - started) / 1000 };
};

const stop = async (server: Launched): Promise<void> => {
  server.process.kill('SIGTERM');
  await server.ended;
};

export const coldStart: Bench = {
  name: 'cold-start',
  about:
    'process start to ready on an empty and on an existing data folder (page cache warm), then 60 s of doing nothing',
  run: async ({ say }) => {
    const first: number[] = [];
    const again: number[] = [];
    // One start that does not count: it fills the page cache, as the figure's line says.
    const folders = Array.from({ length: 4 }, temporaryDataFolder);
    try {
      for (const [run, folder] of folders.entries()) {
        const empty = await startUntilReady(folder);
        await stop(empty.server);
        const existing = await startUntilReady(folder);
        await stop(existing.server);
        if (run > 0) {
          first.push(empty.seconds);
          again.push(existing.seconds);
        }
        say(
          `start ${run}: ${round(empty.seconds)} s empty, ${round(existing.seconds)} s existing${run === 0 ? ' (not counted)' : ''}`,
        );
      }
      const { server } = await startUntilReady(folders[0] ?? temporaryDataFolder());
      await wait(2000);
      const cpuBefore = cpuSeconds(server.pid);
      await wait(idleSeconds * 1000);
      const idleCpuPercent = (100 * (cpuSeconds(server.pid) - cpuBefore)) / idleSeconds;
      const idlePssMb = pssMb(server.pid);
      await stop(server);
      return {
        figures: {
          readySecondsFirst: round(median(first)),
          readySecondsAgain: round(median(again)),
          idlePssMb: round(idlePssMb, 0),
          idleCpuPercent: round(idleCpuPercent),
        },
      };
    } finally {
      for (const folder of folders) removeFolder(folder);
    }
  },
};
