import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { en } from './en/index.ts';
import { flat, withoutForm } from './flat.fixture.ts';
import { everyNode, fixedParts, literalOf, readSources } from './sources.fixture.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** `imports.state.${state}` stands for every key that it can become; at the end of a long prefix, for deeper ones too. */
const patternOf = (parts: readonly string[]): RegExp => {
  const atEnd = parts.at(-1) === '' && (parts[0] ?? '').split('.').length > 2;
  const inside = parts.map((part, index) => {
    if (index === parts.length - 1) return escaped(part);
    const last = index === parts.length - 2;
    return `${escaped(part)}${last && atEnd ? '.+' : '[^.]+'}`;
  });
  return new RegExp(`^${inside.join('')}$`);
};

it('every text is used somewhere', () => {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  const rooms = new Set(Object.keys(en));
  const isOurs = (start: string): boolean => rooms.has(start.split('.')[0] ?? '') && start.includes('.');
  for (const source of readSources(resolve(import.meta.dirname, '..'))) {
    if (/^words\/(en|fr)\//.test(source.name)) continue;
    everyNode(source, (node) => {
      const literal = literalOf(node);
      if (literal !== null) literals.add(literal);
      else if (node.type === 'TemplateLiteral' && isOurs(fixedParts(node)[0] ?? ''))
        patterns.push(patternOf(fixedParts(node)));
    });
  }
  const unused = [...new Set([...flat(en).keys()].map(withoutForm))].filter(
    (key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});
