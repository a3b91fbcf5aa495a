import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrowRules } from './architecture/arrow.ts';
import { roomRules } from './architecture/rooms.ts';
import { singlePlaceRules } from './architecture/single-places.ts';
import { readProject, sourceFile } from './architecture/source-file.ts';
import { workspaceRules } from './architecture/workspaces.ts';

const project = readProject(resolve(fileURLToPath(new URL('../..', import.meta.url))));
const rules = [...arrowRules, ...singlePlaceRules, ...workspaceRules, ...roomRules];

describe('the house', () => {
  it.each(rules)('$says', ({ breaches }) => {
    expect(breaches(project)).toEqual([]);
  });
});

const segments = 'server/src/know/segments';

/** One wrong file each, as a hurried change would bring it, and what has to be told about it. */
const mutants: Readonly<Record<string, readonly [name: string, text: string, told: RegExp]>> = {
  'an import to the right': [
    `${segments}/new.ts`,
    "import { a } from '#reach/delivery';",
    /to its right.*small port/,
  ],
  'a type from the right': [`${segments}/new.ts`, "import type { A } from '#learn/measure';", /to its right/],
  'a late import to the right': [`${segments}/new.ts`, "await import('#reach/content')", /to its right/],
  'a re-export from the right': [`${segments}/new.ts`, "export { a } from '#choose/policy';", /to its right/],
  'an import below a door': [
    `${segments}/new.ts`,
    "import { a } from '#know/profiles/store';",
    /nothing below that/,
  ],
  'a relative way into a room': [
    `${segments}/new.ts`,
    "import { a } from '../profiles/store.ts';",
    /by their door/,
  ],
  'a worker in another room': [
    `${segments}/new.ts`,
    "new URL('../imports/worker.ts', import.meta.url)",
    /by their door/,
  ],
  'a way past the door from above': [
    'server/src/new.ts',
    "import { a } from './know/profiles/store.ts';",
    /by their door/,
  ],
  'a room that takes the whole': [`${segments}/new.ts`, "import { a } from '../../app.ts';", /by their door/],
  'a room that takes its own door': [
    `${segments}/new.ts`,
    "import { a } from '#know/segments';",
    /its own door/,
  ],
  'test stores in the product': [`${segments}/new.ts`, "import { a } from '#testing';", /for tests/],
  'a ring': ['server/src/know/collect/new.ts', "import { a } from '#know/segments';", /in a ring/],
  'a statement in a service': [
    `${segments}/service.ts`,
    'run(`delete from segment where id = $1`)',
    /store\.ts/,
  ],
  'a quoted statement': [
    `${segments}/service.ts`,
    "const sql = 'update segment set name = $1';",
    /store\.ts/,
  ],
  'a statement over lines': [
    `${segments}/routes.ts`,
    'const sql = `\n  -- why\n  select id\n  from segment`',
    /store\.ts/,
  ],
  'a statement with a name': [`${segments}/routes.ts`, 'const sql = `with a as (select 1) …`', /store\.ts/],
  'a call with a borrowed statement': [
    `${segments}/service.ts`,
    'await tx.maybe<Row>(FIND, [id])',
    /store\.ts/,
  ],
  'a look into the table of another room': [
    `${segments}/read.ts`,
    'select id from campaign',
    /belongs to the room campaigns/,
  ],
  'a change to the table of another room': [
    `${segments}/store.ts`,
    'update profile set a = 1',
    /belongs to the room profiles/,
  ],
  'a clock of its own': [`${segments}/service.ts`, 'const now = new Date();', /#platform\/clock/],
  'a clock passed on': [`${segments}/service.ts`, 'list.map(Date.now)', /#platform\/clock/],
  'chance of its own': [`${segments}/service.ts`, 'if (Math.random() < 0.5) return;', /a seed/],
  'the environment': [`${segments}/service.ts`, 'process.env.HOME', /config\.ts/],
  'the environment by import': [
    `${segments}/service.ts`,
    "import { env } from 'node:process';",
    /config\.ts/,
  ],
  'a contract that needs Node': ['contract/src/new.ts', "import { join } from 'node:path';", /zod only/],
  'a contract that needs the server': [
    'contract/src/new.ts',
    "import { a } from '@mesure/server';",
    /zod only/,
  ],
  'an engine that reads a file': [
    'engine/src/rank/new.ts',
    "import { readFileSync } from 'node:fs';",
    /numbers in/,
  ],
  'an engine with a clock': ['engine/src/rank/new.ts', 'const at = Date.now();', /a seed/],
  'an engine with a clock after an address': [
    'engine/src/rank/new.ts',
    "const source = 'https://example.org'; const at = Date.now();",
    /a seed/,
  ],
  'an engine with a clock in a template': ['engine/src/rank/new.ts', 'const at = `${Date.now()}`;', /a seed/],
  'an engine that asks the network': [
    'engine/src/rank/new.ts',
    "const { fetch } = globalThis; /* why */ await fetch('https://example.org');",
    /a seed/,
  ],
  'an engine that reads the environment': [
    'engine/src/rank/new.ts',
    '// a process.\nconst home = process.env.HOME;',
    /has process\./,
  ],
  'a command line that starts a server': [
    'cli/src/new.ts',
    "import { a } from '@mesure/server';",
    /HTTP only/,
  ],
  'a command line inside the server': [
    'cli/src/new.ts',
    "import { a } from '../../server/src/app.ts';",
    /HTTP only/,
  ],
  'a demo inside the server': [
    'sample/src/new.ts',
    "import { a } from '../../server/src/app.ts';",
    /by the API/,
  ],
  'a server that knows the demo': [
    'server/src/new.ts',
    "import { a } from '@mesure/sample';",
    /never what is built/,
  ],
  'a stray file': ['server/src/know/new.ts', 'export {};', /Give it a room/],
  'a room without a door': ['server/src/know/new/new.ts', 'export {};', /no door/],
  'a room without a README': ['server/src/know/new/index.ts', 'export {};', /no README/],
  'a talkative README': [`${segments}/README.md`, 'line\n'.repeat(41), /40 are enough/],
  'a drawer': [`${segments}/helpers.ts`, 'export {};', /name the file/],
};

describe('the rules notice', () => {
  const known = new Set(rules.flatMap((rule) => rule.breaches(project)));

  it.each(Object.entries(mutants))('%s', (_what, [name, text, told]) => {
    const mutated = [...project.filter((file) => file.name !== name), sourceFile(name, text)];
    const breaches = rules.flatMap((rule) => rule.breaches(mutated)).filter((breach) => !known.has(breach));
    expect(breaches.join('\n')).toMatch(told);
  });
});
