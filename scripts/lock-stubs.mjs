// npm writes a lockfile entry only for the optional platform packages that the registry served while locking. Where some
// platforms were missing, `npm ci` stops with EUSAGE "Missing: … from lock file". This adds an entry for each of them:
// version, optional, and the os/cpu/libc that keep npm from ever fetching it on another platform. Idempotent.
import { readFileSync, writeFileSync } from 'node:fs';

const lockPath = new URL('../package-lock.json', import.meta.url);
const checkOnly = process.argv.includes('--check');

const operatingSystems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const architectures = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
const aliases = { windows: 'win32', amd64: 'x64', x86: 'ia32', armhf: 'arm', armv7: 'arm', armv6: 'arm' };

/** Platform words in a package name: `@scope/cli-linux-x64-musl` → os linux, cpu x64, libc musl. */
export const platformOf = (name) => {
  const words = name
    .replace(/^@/, '')
    .split(/[^a-z0-9]+/i)
    .map((word) => aliases[word] ?? word);
  const os = words.find((word) => operatingSystems.includes(word));
  const cpu = words.find((word) => architectures.includes(word));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu')) && os === 'linux'
      ? 'glibc'
      : undefined;
  return { os, cpu, libc };
};

/** Where Node would find `name` from the package at `from`, among the lock's entries. */
const resolveIn = (packages, from, name) => {
  let folder = from;
  for (;;) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (folder === '') return undefined;
    const parent = folder.lastIndexOf('/node_modules/');
    folder = parent === -1 ? '' : folder.slice(0, parent);
  }
};

export const withStubs = (lock) => {
  const packages = { ...lock.packages };
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!/^\d/.test(range)) continue;
      const found = resolveIn(packages, path, name);
      if (found && packages[found].version === range) continue;
      const { os, cpu, libc } = platformOf(name);
      if (!os && !cpu) continue;
      const place = found ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      packages[place] = {
        version: range,
        optional: true,
        ...(entry.dev ? { dev: true } : {}),
        ...(cpu ? { cpu: [cpu] } : {}),
        ...(os ? { os: [os] } : {}),
        ...(libc ? { libc: [libc] } : {}),
      };
      added.push(`${place}@${range}`);
    }
  }
  const sorted = Object.fromEntries(
    Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  return { lock: { ...lock, packages: sorted }, added };
};

if (import.meta.main) {
  const { lock, added } = withStubs(JSON.parse(readFileSync(lockPath, 'utf8')));
  if (added.length === 0) {
    console.log('package-lock.json names every platform package.');
  } else if (checkOnly) {
    console.error(
      `package-lock.json lacks ${added.length} platform packages. Run: npm run lock:stubs\n${added.join('\n')}`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
    console.log(`Added ${added.length} platform packages to package-lock.json.`);
  }
}
