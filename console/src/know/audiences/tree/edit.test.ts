import { parseRule, printRule } from '@mesure/contract/rule-text';
import { type LeafRule, type Rule, ruleLimits, ruleSchema } from '@mesure/contract/segments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  append,
  asKind,
  changeAt,
  duplicate,
  everybody,
  insertAt,
  moveTo,
  removeAt,
  step,
  unwrap,
  wrap,
} from './edit.ts';
import { idOf } from './identity.ts';
import { isGroup, type Path, partsOf, pathOf, readPath, ruleAt, writtenPath } from './path.ts';
import { anyLeaf, anyRule } from './rule-arbitrary.ts';

const read = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message.en} ${text}`);
  return parsed.rule;
};
const written = (rule: Rule | undefined): string => (rule === undefined ? 'refused' : printRule(rule));

const pathsOf = (rule: Rule): Path[] => [
  [],
  ...partsOf(rule).flatMap((part, index) => pathsOf(part).map((path) => [index, ...path])),
];
const leavesOf = (rule: Rule): LeafRule[] =>
  rule.kind === 'all' || rule.kind === 'any' || rule.kind === 'not'
    ? partsOf(rule).flatMap(leavesOf)
    : [rule];
const sortedLeaves = (rule: Rule): string[] =>
  leavesOf(rule)
    .map((leaf) => JSON.stringify(leaf))
    .sort();

const three = () => read('city is "a" and (city is "b" or city is "c") and not (city is "d")');

describe('acts on a rule', () => {
  it('inserts, appends and removes', () => {
    const extra = read('did x');
    expect(written(insertAt(three(), { parent: [1], index: 1 }, extra))).toBe(
      'city is "a" and (city is "b" or did x or city is "c") and not (city is "d")',
    );
    expect(written(insertAt(three(), { parent: [2], index: 0 }, extra))).toBe('refused');
    expect(written(append(read('city is "a"'), extra))).toBe('city is "a" and did x');
    expect(written(append(everybody(), extra))).toBe('all (did x)');
    expect(written(removeAt(three(), [1, 0]))).toBe(
      'city is "a" and any (city is "c") and not (city is "d")',
    );
    expect(written(removeAt(three(), [2, 0]))).toBe('city is "a" and (city is "b" or city is "c")');
    expect(written(removeAt(read('any (city is "a")'), [0]))).toBe('everybody');
    expect(written(removeAt(three(), []))).toBe('everybody');
  });

  it('moves past a neighbour, into a group, and out of one', () => {
    expect(written(step(three(), [0], 'down'))).toBe(
      '(city is "a" or city is "b" or city is "c") and not (city is "d")',
    );
    expect(written(step(three(), [0], 'up'))).toBe('refused');
    expect(written(step(three(), [1, 0], 'up'))).toBe(
      'city is "a" and city is "b" and any (city is "c") and not (city is "d")',
    );
    expect(written(step(three(), [1, 1], 'down'))).toBe(
      'city is "a" and any (city is "b") and city is "c" and not (city is "d")',
    );
    expect(written(step(three(), [2, 0], 'up'))).toBe(
      'city is "a" and (city is "b" or city is "c") and city is "d"',
    );
    expect(written(moveTo(three(), [0], { parent: [], index: 3 }))).toBe(
      '(city is "b" or city is "c") and not (city is "d") and city is "a"',
    );
    expect(written(moveTo(three(), [1], { parent: [1], index: 0 }))).toBe('refused');
    expect(written(moveTo(three(), [0], { parent: [], index: 1 }))).toBe('refused');
  });

  it('groups and ungroups', () => {
    expect(written(wrap(three(), [0], 'not'))).toBe(
      'not (city is "a") and (city is "b" or city is "c") and not (city is "d")',
    );
    expect(written(unwrap(three(), [1]))).toBe(
      'city is "a" and city is "b" and city is "c" and not (city is "d")',
    );
    expect(written(unwrap(three(), []))).toBe('refused');
    expect(written(unwrap(read('not (city is "a")'), []))).toBe('city is "a"');
    expect(written(duplicate(read('not (city is "a")'), [0]))).toBe('not (city is "a" and city is "a")');
    expect(written(asKind(three(), [1], 'all'))).toBe(
      'city is "a" and (city is "b" and city is "c") and not (city is "d")',
    );
    expect(written(asKind(everybody(), [], 'any'))).toBe('refused');
  });

  it('keeps the identity of a part that changes, and of everything around it', () => {
    const before = three();
    const after = changeAt(before, [1, 0], read('city is "z"'));
    expect(idOf(ruleAt(after, [1, 0]) as Rule)).toBe(idOf(ruleAt(before, [1, 0]) as Rule));
    expect(idOf(ruleAt(after, [1]) as Rule)).toBe(idOf(ruleAt(before, [1]) as Rule));
    expect(ruleAt(after, [2])).toBe(ruleAt(before, [2]));
    expect(idOf(ruleAt(after, [0]) as Rule)).not.toBe(idOf(ruleAt(after, [1]) as Rule));
  });

  it('leaves a valid rule, and every condition that was not removed, whatever is done', () => {
    fc.assert(
      fc.property(anyRule, anyLeaf, fc.tuple(fc.nat(), fc.nat(), fc.nat(5)), (rule, leaf, [a, b, index]) => {
        const paths = pathsOf(rule);
        const path = paths[a % paths.length] as Path;
        const other = paths[b % paths.length] as Path;
        const frozen = JSON.stringify(rule);
        const kept = {
          step: step(rule, path, index % 2 ? 'up' : 'down'),
          move: moveTo(rule, path, { parent: other, index }),
          wrapAny: wrap(rule, path, 'any'),
          wrapNot: wrap(rule, path, 'not'),
          unwrap: unwrap(rule, path),
          kind: asKind(rule, path, 'any'),
        };
        for (const edited of Object.values(kept)) {
          if (edited === undefined) continue;
          expect(ruleSchema.safeParse(edited).success).toBe(true);
          expect(sortedLeaves(edited)).toEqual(sortedLeaves(rule));
        }
        const more = insertAt(rule, { parent: other, index }, structuredClone(leaf));
        if (more !== undefined) {
          expect(ruleSchema.safeParse(more).success).toBe(true);
          expect(leavesOf(more).length).toBe(leavesOf(rule).length + 1);
        }
        const twice = duplicate(rule, path);
        if (twice !== undefined) {
          expect(ruleSchema.safeParse(twice).success).toBe(true);
          expect(leavesOf(twice).length).toBe(
            leavesOf(rule).length + leavesOf(ruleAt(rule, path) as Rule).length,
          );
        }
        const less = removeAt(rule, path);
        expect(ruleSchema.safeParse(less).success).toBe(true);
        expect(leavesOf(less).length).toBe(
          leavesOf(rule).length - leavesOf(ruleAt(rule, path) as Rule).length,
        );
        expect(JSON.stringify(rule)).toBe(frozen);
      }),
      { numRuns: 1000 },
    );
  });

  it('unwraps what it wrapped', () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.nat(),
        fc.constantFrom('all' as const, 'any' as const, 'not' as const),
        (rule, a, kind) => {
          const paths = pathsOf(rule);
          const path = paths[a % paths.length] as Path;
          const wrapped = wrap(rule, path, kind);
          if (wrapped !== undefined) expect(unwrap(wrapped, path)).toEqual(rule);
        },
      ),
    );
  });

  it('moves every condition to the top by steps alone', () => {
    fc.assert(
      fc.property(anyRule, fc.nat(), (rule, a) => {
        const paths = pathsOf(rule).slice(1);
        const path = paths[a % Math.max(1, paths.length)];
        if (path === undefined || !isGroup(rule)) return;
        const part = ruleAt(rule, path) as Rule;
        let now = rule as Rule;
        for (let steps = 0; steps <= 4 * ruleLimits.nodes; steps += 1) {
          const at = pathOf(now, part);
          if (at === undefined) throw new Error('lost');
          const next = step(now, at, 'up');
          if (next === undefined) break;
          now = next;
        }
        expect(pathOf(now, part)?.every((place) => place === 0)).toBe(true);
      }),
    );
  });

  it('writes and reads the places of parts as the API names them', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        for (const path of pathsOf(rule))
          expect(readPath(writtenPath(rule, path).split('.').filter(Boolean))).toEqual({ path, rest: '' });
      }),
    );
    expect(readPath(['rules', 0, 'rule', 'test', 'value'])).toEqual({ path: [0, 0], rest: 'test.value' });
    expect(readPath(['rules'])).toEqual({ path: [], rest: 'rules' });
  });
});
