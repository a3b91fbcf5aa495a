import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const stages = ['platform', 'guard', 'know', 'choose', 'reach', 'learn'] as const;
type Stage = (typeof stages)[number];

const sourceFolder = fileURLToPath(new URL('.', import.meta.url));
const projectFolder = resolve(sourceFolder, '../..');

const typescriptFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.split('/').includes('node_modules'))
    .map((path) => join(folder, path));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)'([^']+)'/gm)].map(
    (match) => match[1] ?? '',
  );

const isStage = (word: string | undefined): word is Stage => stages.some((stage) => stage === word);

const files = typescriptFiles(sourceFolder).map((file) => {
  const [stage, room] = relative(sourceFolder, file).split('/');
  return { file, name: relative(projectFolder, file), stage, room, imports: importsOf(file) };
});

const roomFiles = files.filter((file) => isStage(file.stage));

describe('the arrow', () => {
  it('lets a room import only from itself and from stages to its left', () => {
    const broken = roomFiles.flatMap(({ name, stage, room, imports }) =>
      imports.flatMap((path) => {
        const [, targetStage, targetRoom] = /^#(\w+)\/([\w-]+)$/.exec(path) ?? [];
        if (!isStage(targetStage) || !isStage(stage)) return [];
        if (stages.indexOf(targetStage) > stages.indexOf(stage)) {
          return `${name} is in ${stage} and imports ${path}, which is to its right. Imports point left only (${stages.join(' ← ')}): let ${stage}/${room} own a small port and have app.ts wire ${targetStage}/${targetRoom} into it.`;
        }
        return [];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('lets rooms meet at their doors only', () => {
    const broken = roomFiles.flatMap(({ file, name, stage, room, imports }) =>
      imports.flatMap((path) => {
        if (path === `#${stage}/${room}` && !name.endsWith('.test.ts'))
          return `${name} imports its own door ${path}: use a relative path inside a room.`;
        if (!path.startsWith('.')) return [];
        const target = relative(sourceFolder, resolve(dirname(file), path)).split('/');
        return target[0] === stage && target[1] === room
          ? []
          : `${name} reaches ${path}: other rooms are entered by their door, '#stage/room'. Export what you need in that room's index.ts.`;
      }),
    );
    expect(broken).toEqual([]);
  });

  it('has no ring of rooms inside a stage', () => {
    const edges = new Map<string, Set<string>>();
    for (const { name, stage, room, imports } of roomFiles) {
      if (name.endsWith('.test.ts')) continue;
      for (const path of imports) {
        const [, targetStage, targetRoom] = /^#(\w+)\/([\w-]+)$/.exec(path) ?? [];
        if (targetStage !== stage || targetRoom === room) continue;
        const from = `${stage}/${room}`;
        edges.set(from, (edges.get(from) ?? new Set()).add(`${targetStage}/${targetRoom}`));
      }
    }
    const rings: string[] = [];
    const walk = (node: string, path: readonly string[]): void => {
      if (path.includes(node)) {
        rings.push([...path.slice(path.indexOf(node)), node].join(' → '));
        return;
      }
      for (const next of edges.get(node) ?? []) walk(next, [...path, node]);
    };
    for (const node of edges.keys()) walk(node, []);
    expect(rings, 'These rooms import each other in a ring: one of them should own a port instead.').toEqual(
      [],
    );
  });
});

describe('what only one place may do', () => {
  const outside = (allowed: RegExp) =>
    files.filter(({ name }) => !allowed.test(name) && !name.endsWith('.test.ts'));
  const offenders = (pattern: RegExp, allowed: RegExp): string[] =>
    outside(allowed)
      .filter(({ file }) => pattern.test(readFileSync(file, 'utf8')))
      .map(({ name }) => name);

  it('reads the time in platform/clock', () => {
    expect(
      offenders(
        /\bDate\.now\(\)|new Date\(\)|performance\.now\(\)|Temporal\.Now/,
        /platform\/clock\/|platform\/ids\/|src\/testing\//,
      ),
      'Take a Clock (business time) or monotonicMs (durations) from #platform/clock.',
    ).toEqual([]);
  });

  it('reads process.env in config.ts', () => {
    expect(
      offenders(/process\.env/, /src\/config\.ts|src\/testing\//),
      'Add a variable to config.ts and take it as an argument.',
    ).toEqual([]);
  });

  it('writes SQL in store, read and compile files', () => {
    const statement =
      /`\s*(select|insert into|update|delete from|with)\s[\s\S]*?\b(from|into|set|values|as)\b/i;
    expect(
      offenders(
        statement,
        /(store|read|compile)[\w-]*\.ts$|-(store|read|sql)\.ts$|platform\/|src\/testing\//,
      ),
      'Move the statement to store.ts (writes), read.ts (reads) or compile.ts of its room.',
    ).toEqual([]);
  });
});

describe('what keeps the house readable', () => {
  it('gives each room a door and a README of at most 40 lines', () => {
    const rooms = new Map(
      roomFiles.map(({ stage, room }) => [`${stage}/${room}`, join(sourceFolder, stage ?? '', room ?? '')]),
    );
    const broken = [...rooms].flatMap(([name, folder]) => {
      if (!statSync(folder).isDirectory()) return `${name}: a file directly in a stage. Give it a room.`;
      const entries = readdirSync(folder);
      const problems: string[] = [];
      if (!entries.includes('index.ts')) problems.push(`${name} has no door (index.ts).`);
      if (!entries.includes('README.md'))
        problems.push(`${name} has no README.md (promise, invariants, tables, events).`);
      else if (readFileSync(join(folder, 'README.md'), 'utf8').trimEnd().split('\n').length > 40)
        problems.push(`${name}/README.md is longer than 40 lines.`);
      return problems;
    });
    expect(broken).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    const drawers = /(^|\/)(utils?|helpers?|lib|common|shared|misc|types)(\.ts|\/)/;
    expect(
      files.map(({ name }) => name).filter((name) => drawers.test(name)),
      'Name the file after the one thing inside.',
    ).toEqual([]);
  });

  it('keeps the engine pure: no I/O, no clock, no global randomness, no dependency', () => {
    const broken = typescriptFiles(join(projectFolder, 'engine/src'))
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const foreign = importsOf(file).filter((path) => !path.startsWith('.'));
        const impure = /Math\.random|Date\.now|new Date\(\)|process\./.test(readFileSync(file, 'utf8'));
        return [
          ...foreign.map((path) => `${file} imports ${path}`),
          ...(impure ? [`${file} reads a clock, the process or global randomness`] : []),
        ];
      });
    expect(broken).toEqual([]);
  });
});
