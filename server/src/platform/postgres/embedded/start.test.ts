import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryDataFolder } from '#testing';
import { checkDurability } from '../check.ts';
import { createDatabase } from '../pool.ts';
import { isAlive } from './folder-lock.ts';
import { isOpenToOthers, isRoot } from './reach.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts';

const FIXTURE = fileURLToPath(new URL('./start-and-wait.fixture.ts', import.meta.url));

const running: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop();
});

const begin = async (
  dataFolder: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres({ dataFolder, settings });
  running.push(postgres);
  return postgres;
};

interface OtherServer {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly url: string;
}

const beginElsewhere = async (
  dataFolder: string,
  as: { uid?: number; gid?: number } = {},
): Promise<OtherServer> => {
  const child = spawn(process.execPath, [FIXTURE, dataFolder], {
    ...as,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.push({
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, ...(JSON.parse(line) as { pid: number; url: string }) };
  }
  throw new Error(complaints.join(''));
};

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const database = createDatabase({ url });
  try {
    return await database.inSystem((tx) => tx.rows(sql));
  } finally {
    await database.close();
  }
};

describe('the built-in PostgreSQL', () => {
  it('starts durable, listens on no port, keeps its data, stops, and starts where it was', async () => {
    const folder = await temporaryDataFolder();
    const first = await begin(folder);
    const database = createDatabase({ url: first.ownerUrl });
    await checkDurability(database);
    expect(
      await database.inSystem((tx) => tx.one("select current_setting('listen_addresses') as on")),
    ).toEqual({ on: '' });
    expect(
      await database.inSystem((tx) =>
        tx.rows(
          "select rolsuper, rolbypassrls from pg_roles where rolname in ('mesure_app', 'mesure_owner')",
        ),
      ),
    ).toEqual([
      { rolsuper: false, rolbypassrls: false },
      { rolsuper: false, rolbypassrls: false },
    ]);
    await database.inSystem((tx) => tx.run('create table kept as select 42 as n'));
    await database.close();
    const data = await stat(join(first.folder, 'data'));
    expect(data.mode & 0o777).toBe(0o700);
    expect(data.uid === 0).toBe(false);
    const pid = first.pid();
    await first.stop();
    expect(isAlive(pid)).toBe(false);

    const second = await begin(folder);
    expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([{ n: 42 }]);
    const size = (await readFile(join(second.folder, 'postgres.log'), 'utf8')).length;
    await expect(ask(second.ownerUrl, "select 'personal'::int")).rejects.toThrow();
    expect((await readFile(join(second.folder, 'postgres.log'), 'utf8')).slice(size)).not.toMatch(
      /STATEMENT|select/,
    );
  });

  it('refuses a second server on the folder, and says which process has it', async () => {
    const folder = await temporaryDataFolder();
    const other = await beginElsewhere(folder);
    await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
      new RegExp(`Another Mesure server \\(process ${other.process.pid}\\) is running on`),
    );
  });

  it('is taken over after a kill -9 of its server', async () => {
    const folder = await temporaryDataFolder();
    const other = await beginElsewhere(folder);
    await ask(other.url.replace('mesure_app', 'mesure_owner'), 'create table kept as select 7 as n');
    other.process.kill('SIGKILL');
    await once(other.process, 'exit');
    expect(isAlive(other.pid)).toBe(true);

    const mine = await begin(folder);
    expect([mine.adopted, mine.pid()]).toEqual([true, other.pid]);
    expect(await ask(mine.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
    await mine.stop();
    expect(isAlive(other.pid)).toBe(false);
  });

  it('starts again by itself after a kill -9, at the same address', async () => {
    const mine = await begin(await temporaryDataFolder());
    const database = createDatabase({ url: mine.ownerUrl });
    await database.inSystem((tx) => tx.run('create table kept as select 1 as n'));
    const pid = mine.pid();
    process.kill(pid, 'SIGKILL');
    const answer = async (): Promise<unknown[]> => {
      for (;;) {
        try {
          return await database.inSystem((tx) => tx.rows('select n from kept'));
        } catch (error) {
          expect(error).toMatchObject({ code: 'unavailable' });
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    await expect.poll(() => mine.pid(), { timeout: 30_000 }).not.toBe(pid);
    expect(await answer()).toEqual([{ n: 1 }]);
    await database.close();
  });

  it('starts after both it and its server were killed', async () => {
    const folder = await temporaryDataFolder();
    const other = await beginElsewhere(folder);
    other.process.kill('SIGKILL');
    process.kill(other.pid, 'SIGKILL');
    await once(other.process, 'exit');
    const mine = await begin(folder);
    expect(mine.adopted).toBe(false);
    expect(await ask(mine.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('does not touch the folder of another major version', async () => {
    const folder = await temporaryDataFolder();
    const mine = await begin(folder);
    await mine.stop();
    await writeFile(join(mine.folder, 'data/PG_VERSION'), '16\n');
    await expect(startEmbeddedPostgres({ dataFolder: folder })).rejects.toThrow(
      /written by PostgreSQL 16.*mesure backup/,
    );
  });

  it('is refused by the durability check when it runs with fsync off', async () => {
    const mine = await begin(await temporaryDataFolder(), { fsync: 'off', full_page_writes: 'off' });
    const database = createDatabase({ url: mine.appUrl });
    await expect(checkDurability(database)).rejects.toThrow(/runs with fsync, full_page_writes off/);
    await database.close();
  });

  it.runIf(isRoot())('keeps out of a folder that only root can enter', async () => {
    const home = await mkdtemp(join(tmpdir(), 'mesure-home-'));
    await chmod(home, 0o700);
    const mine = await begin(join(home, 'data'));
    expect(dirname(mine.folder)).toBe('/var/lib/mesure');
    expect(await ask(mine.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await mine.stop();
    await rm(mine.folder, { recursive: true });
    await rm(home, { recursive: true });
  });

  it.runIf(isRoot())('runs as an ordinary user too', async () => {
    const folder = join(await temporaryDataFolder(), 'home');
    await mkdir(folder);
    await chown(folder, 65_534, 65_534);
    // A clone below root's own 0700 home cannot be run by anybody else.
    if (!(await isOpenToOthers(FIXTURE)) || !(await isOpenToOthers(process.execPath))) return;
    const other = await beginElsewhere(folder, { uid: 65_534, gid: 65_534 });
    expect((await stat(join(folder, 'postgres/data'))).uid).toBe(65_534);
    expect(isAlive(other.pid)).toBe(true);
  });
});
