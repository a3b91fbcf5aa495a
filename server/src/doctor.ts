import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Health } from '@mesure/contract/health';
import { isAppError } from '#platform/errors';
import { checkDurability, checkServer, connectDatabase } from '#platform/postgres';
import type { Config, ConfigResult } from './config.ts';
import { readLocalAddress } from './local-address.ts';

export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  /** What to do about it. */
  readonly todo?: string;
}

const good = (what: string): Finding => ({ ok: true, what });
const bad = (what: string, todo: string): Finding => ({ ok: false, what, todo });

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 7)
    ? good(`Node.js ${process.versions.node}`)
    : bad(
        `Node.js ${process.versions.node} is too old`,
        'Start Mesure with `npm start`: its launcher brings Node.js 24.',
      );
};

const platform = (): Finding =>
  process.platform === 'win32'
    ? bad('Windows cannot run the built-in stores', 'Use WSL 2.')
    : good(`${process.platform} ${process.arch}`);

const dataFolder = ({ dataFolder: folder }: Config): readonly Finding[] => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    return [
      bad(
        `The data folder ${folder} cannot be written: ${error instanceof Error ? error.message : 'unknown'}`,
        'Give this user the right to write there, or name another folder with MESURE_DATA_FOLDER.',
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeGb = (bavail * bsize) / 2 ** 30;
  const secret = join(folder, 'secret');
  const openSecret = existsSync(secret) && (statSync(secret).mode & 0o077) !== 0;
  return [
    good(`Data folder ${folder}`),
    freeGb >= 2
      ? good(`${freeGb.toFixed(1)} GB free on its disk`)
      : bad(
          `Only ${freeGb.toFixed(1)} GB free on the disk of ${folder}`,
          'Make room: when the disk is full, nothing more is accepted or sent.',
        ),
    ...(openSecret ? [bad(`Others can read ${secret}`, `chmod 600 ${secret}`)] : []),
  ];
};

const portIsFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });

const inWords = (error: unknown): string =>
  isAppError(error) || error instanceof Error ? error.message : String(error);

const ownPostgres = async (config: Config): Promise<readonly Finding[]> => {
  const addresses = [
    { url: config.databaseOwnerUrl, variable: 'MESURE_DATABASE_OWNER_URL' },
    { url: config.databaseUrl, variable: 'MESURE_DATABASE_URL' },
  ];
  const findings: Finding[] = [];
  for (const { url, variable } of addresses) {
    if (url === undefined) continue;
    try {
      const database = await connectDatabase({ url, variable });
      try {
        if (variable === 'MESURE_DATABASE_URL') await checkServer(database);
        await checkDurability(database);
        findings.push(good(`${variable} answers`));
      } finally {
        await database.close();
      }
    } catch (error) {
      findings.push(bad(inWords(error), 'docs/guide/en/postgresql.md shows the two roles and the settings.'));
    }
  }
  return findings;
};

const ownClickHouse = async ({ clickhouseUrl }: Config): Promise<readonly Finding[]> => {
  if (clickhouseUrl === undefined) return [];
  const { origin } = new URL(clickhouseUrl);
  try {
    const answer = await fetch(`${origin}/ping`, { signal: AbortSignal.timeout(5000) });
    return answer.ok
      ? [good('MESURE_CLICKHOUSE_URL answers')]
      : [
          bad(
            `ClickHouse at ${origin} answered ${answer.status}`,
            'Check host, port and path of MESURE_CLICKHOUSE_URL.',
          ),
        ];
  } catch {
    return [bad(`Nothing answers at ${origin}`, 'Start ClickHouse, or correct MESURE_CLICKHOUSE_URL.')];
  }
};

const running = async (config: Config): Promise<readonly Finding[]> => {
  const local = readLocalAddress(config.dataFolder);
  if (!local) {
    return (await portIsFree(config.host, config.port))
      ? [good(`Not running; port ${config.port} is free`)]
      : [
          bad(
            `Port ${config.port} on ${config.host} is taken by another program`,
            'Stop it, or choose another port with MESURE_PORT.',
          ),
        ];
  }
  try {
    const answer = await fetch(`${local.url}/api/health`, { signal: AbortSignal.timeout(5000) });
    const health = (await answer.json()) as Health;
    const engines = health.engines.map(({ name, ok }) =>
      ok ? good(`${name} is well`) : bad(`${name} does not answer`, 'The log of the server says why.'),
    );
    return [
      health.status === 'ok'
        ? good(`Running at ${local.url}`)
        : bad(`Running at ${local.url}, not ready`, 'See the engines below.'),
      ...engines,
    ];
  } catch {
    return [
      bad(
        `The server of process ${local.pid} does not answer at ${local.url}`,
        'Stop that process and start again.',
      ),
    ];
  }
};

/** Everything that can be told from outside, each with what to do. */
export const examine = async (read: ConfigResult): Promise<readonly Finding[]> => {
  const base = [node(), platform()];
  if (!read.ok)
    return [
      ...base,
      ...read.problems.map((problem) => bad(problem, '`mesure config` lists every variable.')),
    ];
  const { config } = read;
  return [
    ...base,
    ...dataFolder(config),
    ...(await running(config)),
    ...(await ownPostgres(config)),
    ...(await ownClickHouse(config)),
  ];
};
