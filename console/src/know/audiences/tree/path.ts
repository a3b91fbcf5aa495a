import type { Rule } from '@mesure/contract/segments';

/** The way from the whole rule down to one of its parts: the place among the parts at each step. */
export type Path = readonly number[];

export type GroupRule = Extract<Rule, { kind: 'all' | 'any' }>;

export const isGroup = (rule: Rule): rule is GroupRule => rule.kind === 'all' || rule.kind === 'any';

export const partsOf = (rule: Rule): readonly Rule[] =>
  isGroup(rule) ? rule.rules : rule.kind === 'not' ? [rule.rule] : [];

export const ruleAt = (root: Rule, path: Path): Rule | undefined => {
  let rule: Rule | undefined = root;
  for (const step of path) rule = rule === undefined ? undefined : partsOf(rule)[step];
  return rule;
};

/** Where a part stands, by identity: equal conditions may stand in one rule twice. */
export const pathOf = (root: Rule, part: Rule): Path | undefined => {
  if (root === part) return [];
  for (const [index, rule] of partsOf(root).entries()) {
    const below = pathOf(rule, part);
    if (below !== undefined) return [index, ...below];
  }
  return undefined;
};

export const isWithin = (path: Path, outer: Path): boolean =>
  outer.length <= path.length && outer.every((step, index) => path[index] === step);

export const samePath = (a: Path, b: Path): boolean => a.length === b.length && isWithin(a, b);

/** `rules.0.rule`, as the API and `parseRule` name places. */
export const writtenPath = (root: Rule, path: Path): string => {
  const words: (string | number)[] = [];
  let rule: Rule | undefined = root;
  for (const step of path) {
    words.push(...(rule?.kind === 'not' ? ['rule'] : ['rules', step]));
    rule = rule === undefined ? undefined : partsOf(rule)[step];
  }
  return words.join('.');
};

/** The part that a written path leads to or into, and what of it is meant: `rules.0.test.value` → [0], `test.value`. */
export const readPath = (words: readonly PropertyKey[]): { readonly path: Path; readonly rest: string } => {
  const path: number[] = [];
  let at = 0;
  for (;;) {
    const word = words[at];
    const place = Number(words[at + 1]);
    if (word === 'rule') {
      path.push(0);
      at += 1;
    } else if (word === 'rules' && at + 1 < words.length && Number.isInteger(place)) {
      path.push(place);
      at += 2;
    } else return { path, rest: words.slice(at).map(String).join('.') };
  }
};

export interface Counted {
  readonly nodes: number;
  readonly depth: number;
}

export const counted = (rule: Rule): Counted => {
  const below = partsOf(rule).map(counted);
  return {
    nodes: 1 + below.reduce((sum, { nodes }) => sum + nodes, 0),
    depth: 1 + Math.max(0, ...below.map(({ depth }) => depth)),
  };
};
