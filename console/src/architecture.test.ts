import { describe, expect, it } from 'vitest';
import { consoleRules } from './architecture/console-rules.ts';
import { readSources, type Source } from './words/sources.fixture.ts';

const sources = readSources(import.meta.dirname);

describe('the console', () => {
  it.each(consoleRules)('$says', ({ breaches }) => {
    expect(breaches(sources)).toEqual([]);
  });
});

const mutants: Readonly<Record<string, readonly [name: string, text: string, told: RegExp]>> = {
  'an import to the right': ['know/imports/x.ts', "import { a } from '#reach/campaigns';", /to its right/],
  'a late import to the right': ['know/imports/x.ts', "void import('#learn/home');", /to its right/],
  'a type from the right': ['guard/brake/x.ts', "import type { A } from '#know/imports';", /to its right/],
  'an import below a door': ['reach/campaigns/x.ts', "import { a } from '#know/imports/x';", /nothing below/],
  'a relative way into a room': ['know/imports/x.ts', "import { a } from '../people/y.ts';", /reaches/],
  'a room that takes its own door': [
    'know/imports/x.ts',
    "import { a } from '#know/imports';",
    /its own door/,
  ],
  'a room that takes the whole': [
    'know/imports/x.ts',
    "import { a } from '../../app/router.tsx';",
    /reaches/,
  ],
  'words that know a room': ['words/x.ts', "import { a } from '#platform/api';", /below everything/],
  'a heavy route': ['know/imports/routes.ts', "import { a } from '@mantine/core';", /first visit/],
  'a stray file': ['know/x.ts', 'export {};', /directly in a stage/],
  'a room without a door': ['know/new/x.ts', 'export {};', /no door/],
  'a drawer': ['know/imports/utils.ts', 'export {};', /one thing/],
  'stored markup': ['know/imports/x.tsx', 'const a = <p dangerouslySetInnerHTML={b} />;', /Text is text/],
  'the clock of the browser': ['know/imports/x.ts', 'const at = Date.now();', /time of its own/],
  'a call past the client': ['know/imports/x.ts', "void fetch('/api/x');", /call, queryOf/],
  'text that is too pale': ['know/imports/x.tsx', 'const a = <p c="dimmed" />;', /mesure-quiet/],
  'an export without a name': ['know/imports/x.ts', 'export default 1;', /Name it/],
};

describe('the rules notice', () => {
  const before = new Set(consoleRules.flatMap(({ breaches }) => breaches(sources)));

  it.each(Object.entries(mutants))('%s', (_what, [name, text, told]) => {
    const mutant: Source = { name, text };
    const mutated = [...sources.filter((source) => source.name !== name), mutant];
    const now = consoleRules.flatMap(({ breaches }) => breaches(mutated)).filter((told) => !before.has(told));
    expect(now.join('\n')).toMatch(told);
  });

  it('a ring of rooms', () => {
    const ring: readonly Source[] = [
      { name: 'know/one/index.ts', text: "import { a } from '#know/two';" },
      { name: 'know/two/index.ts', text: "import { a } from '#know/one';" },
    ];
    expect(consoleRules.flatMap(({ breaches }) => breaches(ring)).join()).toMatch(/in a ring/);
  });
});
