import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { createLog, startServer } from '@mesure/server';
import { readConfig } from '@mesure/server/config';
import { readLocalAddress } from '@mesure/server/local';

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line as a person runs it, in a process of its own; `typed` is what they answer. */
const run = (dataFolder: string, args: readonly string[], typed = ''): Promise<Answer> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [fileURLToPath(new URL('main.ts', import.meta.url)), ...args],
      { env: { MESURE_DATA_FOLDER: dataFolder, HOME: dataFolder } },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
    );
    child.stdin?.end(typed);
  });

export const mesureOn =
  (dataFolder: string) =>
  (...args: readonly string[]): Promise<Answer> =>
    run(dataFolder, args);

export interface House {
  readonly url: string;
  readonly client: Client;
  readonly mesure: ReturnType<typeof mesureOn>;
  readonly mesureTyping: (typed: string, ...args: readonly string[]) => Promise<Answer>;
  /** A file of that text in the house's folder: its path. */
  readonly file: (name: string, text: string) => string;
  readonly close: () => Promise<void>;
}

/** A real server in this process, with a first account, as `mesure` finds it. */
export const openHouse = async (): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'mesure-cli-'));
  // Root's engine runs as somebody else, who must be able to go through.
  chmodSync(folder, 0o711);
  const dataFolder = join(folder, 'data');
  const read = readConfig({ MESURE_DATA_FOLDER: dataFolder, MESURE_PORT: '0', MESURE_LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const server = await startServer({
    config: read.config,
    log: createLog({ level: 'silent' }),
    say: () => undefined,
  });
  await createClient({ baseUrl: server.url }).call(accessRoutes.setUp, {
    body: {
      token: server.setupToken ?? '',
      workspace: { name: 'Atelier', timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' },
      account: { email: 'mia@example.test', name: 'Mia', password: 'lampe bleue et trois canards' },
    },
  });
  const local = readLocalAddress(dataFolder);
  if (!local) throw new Error('The server did not say where it is.');
  return {
    url: server.url,
    client: createClient({ baseUrl: local.url, token: local.token }),
    mesure: mesureOn(dataFolder),
    mesureTyping: (typed, ...args) => run(dataFolder, args, typed),
    file: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
