import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pictures } from '../scripts/pictures/index.ts';
import { examplesOf, runExample } from './run-examples.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = examplesOf(readme);

it('has examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(8);
});

it.each(examples.map((code, at) => [at + 1, code] as const))('example %i says what it says', (_at, code) => {
  const { status, output } = runExample(code);
  expect(output).toBe(`${code.match(/\/\/ = /g)?.length ?? 0} checked\n`);
  expect(status).toBe(0);
});

it('a wrong value in an example is noticed', () => {
  expect(runExample('1 + 1; // = 3\n').output).toContain('the README says 3, found 2');
});

it.each(Object.entries(pictures))('%s is what the library draws', (name, draw) => {
  expect(readme).toContain(`(docs/${name})`);
  const drawn = draw();
  const kept = readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
  if (drawn !== kept) throw new Error(`docs/${name} differs: run node engine/scripts/draw-pictures.ts`);
});
