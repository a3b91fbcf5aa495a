import type { LeafRule, Rule } from '@mesure/contract/segments';
import { explainRule } from './explain.ts';
import type { Tongue } from './explain-words.ts';
import type { Seen } from './reasons-compile.ts';

type InBoth = Readonly<Record<Tongue, string>>;

/** A rule with its truth for one person; a condition carries what it saw, in words. */
export type RuleOutcome =
  | { readonly kind: 'all' | 'any'; readonly of: readonly RuleOutcome[] }
  | { readonly kind: 'not'; readonly of: RuleOutcome }
  | {
      readonly kind: 'condition';
      readonly words: InBoth;
      readonly value: InBoth | null;
      readonly met: boolean;
    };

/** What the conditions of a rule saw of one person, from left to right, small enough to keep with each send. */
export type SeenInBrief = readonly (readonly [
  met: boolean,
  value: string | number | null,
  lastAt: string | null,
])[];

export const inBrief = (seen: readonly Seen[]): SeenInBrief =>
  seen.map(({ holds, value, lastAt }) => [holds, value, lastAt?.toISOString() ?? null] as const);

const locales: Readonly<Record<Tongue, string>> = { en: 'en-GB', fr: 'fr-FR' };

const onDay = (iso: string | null, tongue: Tongue, timeZone: string): string | null =>
  iso === null
    ? null
    : new Intl.DateTimeFormat(locales[tongue], { dateStyle: 'long', timeZone }).format(new Date(iso));

const times = (count: number, day: string | null, tongue: Tongue): string => {
  if (count === 0) return tongue === 'fr' ? 'jamais' : 'never';
  const often = tongue === 'fr' ? `${count} fois` : count === 1 ? 'once' : `${count} times`;
  if (day === null) return often;
  return tongue === 'fr' ? `${often}, la dernière le ${day}` : `${often}, last on ${day}`;
};

const money = (minor: number, currency: string, tongue: Tongue): string => {
  const format = new Intl.NumberFormat(locales[tongue], { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

const valueIn = (
  rule: LeafRule,
  [, value, lastAt]: SeenInBrief[number],
  { tongue, timeZone }: { readonly tongue: Tongue; readonly timeZone: string },
): string | null => {
  const day = onDay(lastAt, tongue, timeZone);
  switch (rule.kind) {
    case 'field':
    case 'trait':
      return value === null ? null : String(value);
    case 'event':
      return times(Number(value ?? 0), day, tongue);
    case 'recency':
      return day ?? times(0, null, tongue);
    case 'spent':
      return money(Number(value ?? 0), rule.currency, tongue);
  }
};

/** The tree of a rule for one person. `timeZone`: of the dates in the words. */
export const outcomeOf = (rule: Rule, seen: SeenInBrief, timeZone: string): RuleOutcome => {
  let next = 0;
  const walk = (node: Rule): RuleOutcome => {
    switch (node.kind) {
      case 'all':
      case 'any':
        return { kind: node.kind, of: node.rules.map(walk) };
      case 'not':
        return { kind: 'not', of: walk(node.rule) };
      case 'field':
      case 'trait':
      case 'event':
      case 'spent':
      case 'recency': {
        const saw = seen[next++] ?? [false, null, null];
        const [en, fr] = [
          valueIn(node, saw, { tongue: 'en', timeZone }),
          valueIn(node, saw, { tongue: 'fr', timeZone }),
        ];
        return {
          kind: 'condition',
          words: { en: explainRule(node, 'en'), fr: explainRule(node, 'fr') },
          value: en === null || fr === null ? null : { en, fr },
          met: saw[0],
        };
      }
    }
  };
  return walk(rule);
};
