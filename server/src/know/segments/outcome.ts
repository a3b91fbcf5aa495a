import type { LeafRule, Rule, TraitTest } from '@mesure/contract/segments';
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

/** How values are said in one language: formats are costly to make and are made once per rule. */
interface Voice {
  readonly tongue: Tongue;
  readonly day: Intl.DateTimeFormat;
}

const voiceOf = (tongue: Tongue, timeZone: string): Voice => ({
  tongue,
  day: new Intl.DateTimeFormat(locales[tongue], { dateStyle: 'long', timeZone }),
});

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

/** Traits arrive as text: one that a rule compares as a number is said as a number. */
const traitText = (value: string | number, test: TraitTest, tongue: Tongue): string => {
  const isNumber = 'value' in test ? typeof test.value === 'number' : test.operator === 'between';
  return isNumber && value !== '' && Number.isFinite(Number(value))
    ? new Intl.NumberFormat(locales[tongue], { maximumFractionDigits: 6 }).format(Number(value))
    : String(value);
};

const valueIn = (
  rule: LeafRule,
  [, value, lastAt]: SeenInBrief[number],
  { tongue, day }: Voice,
): string | null => {
  const written = lastAt === null ? null : day.format(new Date(lastAt));
  const lastDay = tongue === 'fr' ? (written?.replace(/^1 /, '1er ') ?? null) : written;
  switch (rule.kind) {
    case 'field':
      return value === null ? null : String(value);
    case 'trait':
      return value === null ? null : traitText(value, rule.test, tongue);
    case 'event':
      return times(Number(value ?? 0), lastDay, tongue);
    case 'recency':
      return lastDay ?? times(0, null, tongue);
    case 'spent':
      return money(Number(value ?? 0), rule.currency, tongue);
  }
};

type Telling = (next: () => SeenInBrief[number]) => RuleOutcome;

const tellingOf = (rule: Rule, voices: Readonly<Record<Tongue, Voice>>): Telling => {
  switch (rule.kind) {
    case 'all':
    case 'any': {
      const { kind } = rule;
      const parts = rule.rules.map((part) => tellingOf(part, voices));
      return (next) => ({ kind, of: parts.map((part) => part(next)) });
    }
    case 'not': {
      const part = tellingOf(rule.rule, voices);
      return (next) => ({ kind: 'not', of: part(next) });
    }
    case 'field':
    case 'trait':
    case 'event':
    case 'spent':
    case 'recency': {
      const words = { en: explainRule(rule, 'en'), fr: explainRule(rule, 'fr') };
      return (next) => {
        const saw = next();
        const [en, fr] = [valueIn(rule, saw, voices.en), valueIn(rule, saw, voices.fr)];
        return {
          kind: 'condition',
          words,
          value: en === null || fr === null ? null : { en, fr },
          met: saw[0],
        };
      };
    }
  }
};

/** For one rule, the tree of each person told from what was seen of them. `timeZone`: of the dates in the words. */
export const outcomesOf = (rule: Rule, timeZone: string): ((seen: SeenInBrief) => RuleOutcome) => {
  const telling = tellingOf(rule, { en: voiceOf('en', timeZone), fr: voiceOf('fr', timeZone) });
  return (seen) => {
    let index = 0;
    return telling(() => seen[index++] ?? [false, null, null]);
  };
};
