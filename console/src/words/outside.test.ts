import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyNode, lineOf, literalOf, type Node, readSources, type Source } from './sources.fixture.ts';

/** Names that are the same in every language, and units of the key caps. */
const allowed = new Set([
  'Mesure',
  'English',
  'Français',
  'SVG',
  'PNG',
  'CSV',
  'MJML',
  'HTML',
  'DKIM',
  'SMTP',
  'TLS',
  'STARTTLS',
  'Ctrl',
  'Shift',
  'Esc',
  'g',
]);

/** What people see or hear: properties of components, and of the objects that describe columns and facts. */
const shown = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'hint',
  'answer',
  'note',
  'message',
  'searchLabel',
  'nothingFound',
  'nothingFoundMessage',
]);

/** Examples of what one types, keys, and signs by name (`&nbsp;`). */
const sample = /^(https?:\/\/\S+|[a-z0-9.-]+\.example|#[0-9a-f]{3,8}|Ctrl [A-Z])$/;

const isText = (text: string): boolean => {
  const said = text.replace(/&#?\w+;/g, '').trim();
  return /\p{L}/u.test(said) && !allowed.has(said) && !sample.test(said);
};

const nameOf = (node: unknown): string => {
  const { name, value } = (node ?? {}) as { readonly name?: unknown; readonly value?: unknown };
  const said = name ?? value;
  return typeof said === 'string' ? said : '';
};

const textsIn = (node: Node, parents: readonly Node[]): readonly string[] => {
  const parent = parents.at(-1);
  switch (node.type) {
    case 'JSXText':
      return [String(node['value'])];
    case 'JSXAttribute': {
      if (!shown.has(nameOf(node['name']))) return [];
      const value = node['value'] as Node | null;
      return [literalOf(value?.type === 'JSXExpressionContainer' ? value['expression'] : value) ?? ''];
    }
    case 'JSXExpressionContainer':
      return parent?.type === 'JSXAttribute' ? [] : [literalOf(node['expression']) ?? ''];
    case 'Property':
      return shown.has(nameOf(node['key'])) ? [literalOf(node['value']) ?? ''] : [];
    default:
      return [];
  }
};

const outside = (source: Source): readonly string[] => {
  const found: string[] = [];
  everyNode(source, (node, parents) => {
    for (const text of textsIn(node, parents))
      if (isText(text))
        found.push(`${source.name}:${String(lineOf(source.text, node.start))} ${text.trim()}`);
  });
  return found;
};

describe('texts outside the catalogues', () => {
  it('are nowhere', () => {
    expect(readSources(resolve(import.meta.dirname, '..'), /\.tsx$/).flatMap(outside)).toEqual([]);
  });

  it.each([
    ['between tags', '<p>Hello</p>'],
    ['as a value', '<p>{"Hello"}</p>'],
    ['in an attribute', '<A label="Hello" />'],
    ['in an attribute by braces', "<A aria-label={'Hello'} />"],
    ['in a description of a column', "<A columns={[{ title: 'Hello' }]} />"],
  ])('are noticed %s', (_where, text) => {
    expect(outside({ name: 'x.tsx', text: `const a = ${text};` })).toEqual(['x.tsx:1 Hello']);
  });

  it('are not taken for texts when they are names, numbers or signs', () => {
    const text = '<p className="a" title={t("a.b")}>Mesure {" · 12 "}</p>';
    expect(outside({ name: 'x.tsx', text: `const a = ${text};` })).toEqual([]);
  });
});
