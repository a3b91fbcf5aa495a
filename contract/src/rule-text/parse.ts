import { type Rule, ruleLimits } from '../rule.ts';
import { type RuleTextError, ruleTextError } from './error.ts';
import type { Problem } from './problem.ts';
import { readCondition } from './read-conditions.ts';
import { createReader, type Reader } from './reader.ts';

/** Where a part of the tree stands in the text. `path`: `rules.0.rule`, empty for the whole. */
export interface RuleSpan {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export type ParsedRule =
  | { readonly ok: true; readonly rule: Rule; readonly spans: readonly RuleSpan[] }
  | { readonly ok: false; readonly error: RuleTextError };

interface Node {
  readonly rule: Rule;
  readonly from: number;
  readonly to: number;
  readonly parts: readonly Node[];
}

/** Parentheses that only group count too: what is read by recursion has to end. */
const DEEPEST = 4 * ruleLimits.depth;

type Read = (reader: Reader, depth: number) => Node | undefined;

const group = (kind: 'all' | 'any', parts: readonly Node[], place: { from: number; to: number }): Node => ({
  rule: { kind, rules: parts.map(({ rule }) => rule) },
  parts,
  ...place,
});

const readClosed: Read = (reader, depth) => {
  const inside = readOr(reader, depth + 1);
  return inside !== undefined && reader.mark(')') ? inside : undefined;
};

const readOne: Read = (reader, depth) => {
  const start = reader.token();
  if (depth > DEEPEST) return reader.fail({ ...start, code: 'too_deep', most: ruleLimits.depth });
  reader.expect({ kind: 'condition' });
  const place = () => ({ from: start.from, to: reader.lastEnd() });
  if (reader.mark('(')) return readClosed(reader, depth);
  if (reader.phrase('everybody')) return group('all', [], place());
  for (const kind of ['all', 'any'] as const) {
    if (!reader.phrase(kind)) continue;
    const inside = reader.mark('(') ? readClosed(reader, depth) : undefined;
    return inside === undefined ? undefined : group(kind, [inside], place());
  }
  if (reader.phrase('not')) {
    const inside = readOne(reader, depth + 1);
    return inside && { rule: { kind: 'not', rule: inside.rule }, parts: [inside], ...place() };
  }
  const rule = readCondition(reader);
  return rule && { rule, parts: [], ...place() };
};

const readJoined =
  (kind: 'all' | 'any', word: string, read: Read): Read =>
  (reader, depth) => {
    const first = read(reader, depth);
    if (first === undefined) return undefined;
    const parts = [first];
    while (reader.phrase(word)) {
      const part = read(reader, depth);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return parts.length === 1 ? first : group(kind, parts, { from: first.from, to: reader.lastEnd() });
  };

/** `and` binds before `or`. */
const readAnd = readJoined('all', 'and', readOne);
const readOr = readJoined('any', 'or', readAnd);

const spansOf = (root: Node): { readonly spans: RuleSpan[]; readonly excess?: Problem } => {
  const spans: RuleSpan[] = [];
  const stack: {
    readonly node: Node;
    readonly path: readonly (string | number)[];
    readonly depth: number;
  }[] = [{ node: root, path: [], depth: 1 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, path, depth } = next;
    const { from, to } = node;
    spans.push({ path: path.join('.'), from, to });
    if (depth > ruleLimits.depth)
      return { spans, excess: { from, to, code: 'too_deep', most: ruleLimits.depth } };
    if (spans.length > ruleLimits.nodes)
      return { spans, excess: { from, to, code: 'too_many_conditions', most: ruleLimits.nodes } };
    const inside = node.rule.kind === 'not' ? ['rule'] : null;
    for (let index = node.parts.length - 1; index >= 0; index -= 1)
      stack.push({
        node: node.parts[index] as Node,
        path: [...path, ...(inside ?? ['rules', index])],
        depth: depth + 1,
      });
  }
  return { spans };
};

export const readRule = (reader: Reader): Node | undefined => readOr(reader, 1);

/**
 * Reads the text form of a rule. Never throws: a text that is no rule answers with the first mistake, its place, what
 * could stand there, and what to do, in both languages. What comes out passes `ruleSchema`.
 */
export const parseRule = (text: string): ParsedRule => {
  const reader = createReader(text);
  const root = readRule(reader);
  const problem = reader.problem();
  if (problem !== undefined) return { ok: false, error: ruleTextError(text, { problem }) };
  if (root === undefined || reader.token().kind !== 'end')
    return { ok: false, error: ruleTextError(text, reader.furthest()) };
  const { spans, excess } = spansOf(root);
  return excess === undefined
    ? { ok: true, rule: root.rule, spans }
    : { ok: false, error: ruleTextError(text, { problem: excess }) };
};
