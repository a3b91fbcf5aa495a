import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A node of the syntax tree (ESTree), as loosely as a search needs it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Source {
  /** From the folder of the sources. */
  readonly name: string;
  readonly text: string;
}

const forTests = /\.(test|fixture)\.tsx?$/;

/** Sources of a folder: TypeScript, without tests. */
export const readSources = (folder: string, kind: RegExp = /\.tsx?$/): readonly Source[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => kind.test(name) && !forTests.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const walk = (
  value: unknown,
  visit: (node: Node, parents: readonly Node[]) => void,
  parents: readonly Node[],
): void => {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit, parents);
    return;
  }
  if (!isNode(value)) return;
  visit(value, parents);
  const below = [...parents, value];
  for (const inside of Object.values(value)) if (typeof inside === 'object') walk(inside, visit, below);
};

/** Calls `visit` for every node, with those that it stands in, the innermost last. */
export const everyNode = (
  { name, text }: Source,
  visit: (node: Node, parents: readonly Node[]) => void,
): void => {
  const { program, errors } = parseSync(name, text);
  // Somebody's half-written file says nothing about words.
  if (errors.length > 0) throw new Error(`${name} does not parse: ${errors[0]?.message ?? ''}`);
  walk(program, visit, []);
};

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** The text of a string literal, or of a template without expressions. */
export const literalOf = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral') return null;
  const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
};

/** The fixed parts of a template, in order. */
export const fixedParts = (node: Node): readonly string[] =>
  node.type === 'TemplateLiteral'
    ? (node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]).map(
        ({ value }) => value.cooked,
      )
    : [];
