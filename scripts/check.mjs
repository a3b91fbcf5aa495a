// Everything that must hold before a commit, in one go: format, lint, types, dead code, boundaries, duplication, lockfile.
// Prints the output of what failed, and one line for what passed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

const steps = [
  ['format', bin('biome'), ['check', '--linter-enabled=false', '.']],
  ['lint', bin('oxlint'), ['-c', '.oxlintrc.json', '--type-aware', '--quiet']],
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['console types', bin('tsc'), ['--noEmit', '-p', 'console/tsconfig.json']],
  ['dead code', bin('knip'), ['--no-progress']],
  ['boundaries', bin('vitest'), ['run', '--reporter=dot', 'server/src/architecture.test.ts']],
  ['duplication', bin('jscpd'), ['--config', '.jscpd.json']],
  ['lockfile', process.execPath, [join(root, 'scripts/lock-stubs.mjs'), '--check']],
];

const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, command, args] of steps) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (result.status === 0) {
    console.log(`✓ ${name} (${seconds} s)`);
  } else {
    failed += 1;
    console.log(`✗ ${name} (${seconds} s)\n${result.stdout}${result.stderr}${result.error ?? ''}`);
  }
}
if (failed > 0) console.log(`${failed} of the checks failed.`);
process.exitCode = failed > 0 ? 1 : 0;
