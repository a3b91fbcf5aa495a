/**
 * The text form of a rule: `country is "FR" and did order_completed at least 2 times in the last 90 days`. One grammar,
 * in English words whatever the reader's language; pure, for the console, the server and programs alike.
 */
export { type Completion, type Completions, completeRule, type KnownWords } from './rule-text/complete.ts';
export type { RuleTextError } from './rule-text/error.ts';
export { currencyDigits, majorText, minorOf } from './rule-text/money.ts';
export { type ParsedRule, parseRule, type RuleSpan } from './rule-text/parse.ts';
export { type PrintOptions, printRule } from './rule-text/print.ts';
