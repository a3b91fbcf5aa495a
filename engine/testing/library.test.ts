import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';

const engine = new URL('../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', engine), 'utf8')) as {
  readonly exports: Readonly<Record<string, string>>;
  readonly sideEffects: boolean;
  readonly dependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly optionalDependencies?: unknown;
};
const doors = Object.entries(manifest.exports);
const files = readdirSync(new URL('src/', engine), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
const IMPORT =
  /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+|\brequire\(\s*|\bgetBuiltinModule\S*\(\s*)['"]([^'"\n]+)['"]/gm;
const importsOf = (path: string): readonly string[] =>
  [...readFileSync(new URL(`src/${path}`, engine), 'utf8').matchAll(IMPORT)].map((match) => match[1] ?? '');

describe('as a library', () => {
  it('every area has its door', () => {
    const areas = readdirSync(new URL('src/', engine), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(new URL(`src/${entry.name}/index.ts`, engine)))
      .map(({ name }) => `./${name}`);
    expect(doors.map(([door]) => door).toSorted()).toEqual(areas.toSorted());
  });

  it.each(doors)('%s opens', async (_door, file) => {
    const opened = (await import(new URL(file, engine).href)) as Record<string, unknown>;
    expect(Object.keys(opened).length).toBeGreaterThan(0);
  });

  it('needs no other package and has no side effects', () => {
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependencies).toBeUndefined();
    expect(manifest.optionalDependencies).toBeUndefined();
    const outside = files.flatMap((path) =>
      importsOf(path)
        .filter(
          (from) => !from.startsWith('.') && !from.startsWith('node:') && !builtinModules.includes(from),
        )
        .map((from) => `${path} imports ${from}`),
    );
    expect(outside).toEqual([]);
  });

  it('knows Node in the helper thread’s file only', () => {
    const knowing = files.filter((path) =>
      importsOf(path).some((from) => from.startsWith('node:') || builtinModules.includes(from)),
    );
    expect(knowing).toEqual(['linear/kernels/helper-thread.ts']);
  });
});
