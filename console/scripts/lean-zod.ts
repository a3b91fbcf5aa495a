import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Parts of zod that the console never runs but that every schema refers to, so that no bundler can drop them: the
 * compiler (which a strict policy forbids anyway) and the JSON Schema writer (the server's). 23 kB of gzip.
 */
const unused = /zod\/v4\/core\/(compile|json-schema-processors|to-json-schema)\.js$/;

const exportedNames = (code: string): readonly string[] => [
  ...[...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name ?? ''),
  ...[...code.matchAll(/^export \{ (\w+) as (\w+) \}/gm)].map(([, , name]) => name ?? ''),
];

export const leanZod = (): Plugin => ({
  name: 'lean-zod',
  enforce: 'pre',
  load(id) {
    if (!unused.test(id)) return null;
    const names = exportedNames(readFileSync(id, 'utf8'));
    return [
      "const absent = () => () => { throw new Error('This part of zod is not carried in the console.'); };",
      ...names.map((name) => `export const ${name} = absent;`),
    ].join('\n');
  },
});
