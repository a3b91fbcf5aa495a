import { createHash } from 'node:crypto';
import type { Rule } from '@mesure/contract/segments';

/** What means the same is written the same: once is not said, no filter is no list. */
const plain = (rule: Rule): Rule => {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return { ...rule, rules: rule.rules.map(plain) };
    case 'not':
      return { ...rule, rule: plain(rule.rule) };
    case 'event': {
      const { atLeast, where, ...rest } = rule;
      return {
        ...rest,
        ...(atLeast === undefined || atLeast === 1 ? {} : { atLeast }),
        ...(where === undefined || where.length === 0 ? {} : { where }),
      };
    }
    case 'field':
    case 'trait':
    case 'spent':
    case 'recency':
      return rule;
  }
};

/** RFC 8785 (JSON Canonicalization Scheme) for the values that rules hold: keys sorted by UTF-16 code units. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
};

/** SHA-256 of the canonical rule, in hex: two rules with the same hash are the same audience definition. */
export const ruleHash = (rule: Rule): string =>
  createHash('sha256')
    .update(canonical(plain(rule)))
    .digest('hex');
