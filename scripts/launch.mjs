// The first script of all: runs under whatever Node the host has (20 is enough), installs the pinned dependencies when
// they are missing or stale, then starts the target under Node 24 from the npm package of the platform.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// crypto.argon2 arrived in 24.7.
const needed = [24, 7];
const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');

const say = (line) => process.stderr.write(`${line}\n`);

const fail = (message) => {
  say(message);
  process.exit(1);
};

const installIsCurrent = (stampPath, stamp) => {
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return true;
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.link ||
      !path.startsWith('node_modules/') ||
      have[path]?.version === entry.version,
  );
};

const install = () => {
  const stampPath = join(modules, '.mesure-installed');
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (!installIsCurrent(stampPath, stamp)) {
    say('Installing the pinned dependencies (about 1.3 GB on disk; a minute on a usual line) …');
    const npm = process.env.npm_execpath;
    const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
    const result = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (result.status !== 0) {
      fail(
        `The dependencies could not be installed (npm ci ended with ${result.status ?? result.signal}). ` +
          'The lines above say why; check the network and the disk, then run the same command again.',
      );
    }
  }
  writeFileSync(stampPath, stamp);
};

const atLeast = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
};

const findNode = () => {
  if (atLeast(process.versions.node)) return process.execPath;
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const name of names) {
    const path = join(modules, name, 'bin', 'node');
    if (!existsSync(path)) continue;
    const version = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
    if (version.status === 0 && atLeast(version.stdout.trim())) return path;
  }
  return fail(
    `Mesure needs Node.js ${needed.join('.')} or newer. This is ${process.version}, and no npm package carries one for ` +
      `${process.platform}-${process.arch}. Install Node.js 24 from nodejs.org and run the same command again.`,
  );
};

install();
const node = findNode();
const given = process.argv.slice(2);
if (given[0] === '--console') {
  given.shift();
  // The loop without a browser needs no console; building one would only make it wait.
  if (!given.includes('--once')) {
    const built = spawnSync(node, [join(root, 'console/scripts/build.ts')], { stdio: 'inherit' });
    if (built.status !== 0) fail('The console could not be built; the lines above say why.');
  }
}
const [target, ...rest] = given;
const script =
  target === '--bin'
    ? join(
        modules,
        JSON.parse(readFileSync(join(modules, rest[0], 'package.json'), 'utf8')).bin[rest[0]].replace(
          /^\.\//,
          `${rest[0]}/`,
        ),
      )
    : join(root, target);
const args = target === '--bin' ? rest.slice(1) : rest;

const child = spawn(node, [script, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH ?? ''}` },
});
// A terminal's Ctrl-C reaches the child by itself: wait for its clean stop. TERM and HUP come to this process only.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
