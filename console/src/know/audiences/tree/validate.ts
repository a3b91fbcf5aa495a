import { type Rule, ruleSchema } from '@mesure/contract/segments';
import { type Path, readPath } from './path.ts';

export type ProblemCode =
  | 'event'
  | 'key'
  | 'value'
  | 'values'
  | 'ends'
  | 'window'
  | 'times'
  | 'currency'
  | 'item'
  | 'limits'
  | 'other';

export interface RuleProblem {
  readonly path: Path;
  readonly code: ProblemCode;
}

const codes: readonly (readonly [RegExp, ProblemCode])[] = [
  [/(^|\.)window/, 'window'],
  [/(^|\.)values/, 'values'],
  [/(^|\.)max$/, 'ends'],
  [/(^|\.)(value|min)$/, 'value'],
  [/(^|\.)key$/, 'key'],
  [/^name$/, 'event'],
  [/^(atLeast|amount)$/, 'times'],
  [/^currency$/, 'currency'],
  [/^where\.\d+$/, 'item'],
  [/^where$|^rules$/, 'limits'],
];

/** What is missing before the rule can be counted and saved, at most one for each part; empty: nothing. */
export const validate = (rule: Rule): readonly RuleProblem[] => {
  const parsed = ruleSchema.safeParse(rule);
  if (parsed.success) return [];
  const found = new Map<string, RuleProblem>();
  for (const issue of parsed.error.issues) {
    const { path, rest } = readPath(issue.path);
    const code =
      codes.find(([pattern]) => pattern.test(rest))?.[1] ?? (issue.code === 'custom' ? 'limits' : 'other');
    const place = path.join('.');
    if (!found.has(place)) found.set(place, { path, code });
  }
  return [...found.values()];
};
