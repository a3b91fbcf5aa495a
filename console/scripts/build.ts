import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Builds the console when its sources changed since the last build: a second start costs a few milliseconds.
const folder = join(import.meta.dirname, '..');
const built = join(folder, 'dist');
const stampPath = join(built, '.stamp');

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

const sources = (): readonly string[] => [
  ...filesIn(join(folder, 'src')),
  ...filesIn(join(folder, 'public')),
  ...filesIn(join(folder, '../contract/src')),
  ...['index.html', 'vite.config.ts', 'package.json', '../package-lock.json'].map((name) =>
    join(folder, name),
  ),
];

const stampOf = (paths: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(folder.length)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
};

const compressible = /\.(js|css|svg|html|json)$/;

/** Compressed once, here: the server sends the bytes as they lie on the disk. */
const compress = (into: string): void => {
  for (const path of filesIn(into)) {
    if (!compressible.test(path)) continue;
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
    );
  }
};

const isBuilt = (stamp: string): boolean =>
  existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp;

/** Beside the old one and then in its place: a server that starts meanwhile, or a second build, finds a whole console. */
const build = async (stamp: string): Promise<void> => {
  // A test runner's own value would give everybody the slow build for developers.
  process.env['NODE_ENV'] = 'production';
  const fresh = join(folder, `dist.${process.pid}`);
  const old = join(folder, `dist.${process.pid}.old`);
  try {
    const vite = await import('vite');
    await vite.build({
      root: folder,
      configFile: join(folder, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh, emptyOutDir: true },
    });
    compress(fresh);
    writeFileSync(join(fresh, '.stamp'), stamp);
    if (existsSync(built)) renameSync(built, old);
    renameSync(fresh, built);
  } catch (error) {
    // Two builds ended in the same moment: what the other one put in place is as good, when it is of the same sources.
    if (!isBuilt(stamp)) throw error;
  } finally {
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  }
};

const stamp = stampOf(sources());
if (!isBuilt(stamp)) {
  process.stderr.write('Building the console …\n');
  await build(stamp);
}
