import { profileFields } from '../rule.ts';
import { type Both, expectedWords, problemWords, wrongWords } from './error-words.ts';
import { nearest } from './nearest.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Expected } from './reader.ts';
import type { Token } from './tokens.ts';

export interface RuleTextError {
  readonly code: ProblemCode | 'something_else' | 'something_missing';
  /** Offsets in UTF-16 code units; `from` equals `to` where something is missing at the end. */
  readonly from: number;
  readonly to: number;
  /** Counted from 1; columns in characters as a reader counts them (code points). */
  readonly line: number;
  readonly column: number;
  /** What stands there; empty at the end. */
  readonly found: string;
  /** What could stand there, as it is typed; what is not typed as it is in words. */
  readonly expected: { readonly en: readonly string[]; readonly fr: readonly string[] };
  /** What is wrong and what to do. */
  readonly message: Both;
}

const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
};

const SHOWN = 60;
const shown = (text: string): string => {
  const characters = Array.from(text);
  return characters.length <= SHOWN ? text : `${characters.slice(0, SHOWN).join('')}…`;
};

/** Where a whole condition may begin, saying so is clearer than every word that one begins with. */
const relevant = (expected: readonly Expected[]): readonly Expected[] =>
  expected.some(({ kind }) => kind === 'condition')
    ? expected.filter(({ kind }) => kind === 'condition')
    : expected;

const candidates = (expected: readonly Expected[]): string[] =>
  expected.flatMap((each) => {
    if (each.kind === 'word') return [each.text.split(' ')[0] ?? ''];
    return each.kind === 'field' ? [...profileFields] : [];
  });

const listed = (choices: readonly string[], or: string): string =>
  choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')}${or}${choices.at(-1)}`;

type Cause =
  | { readonly problem: Problem }
  | { readonly token: Token; readonly expected: readonly Expected[] };

const ofWords = (text: string, token: Token, expected: readonly Expected[]): RuleTextError => {
  const choices = relevant(expected);
  const inWords = {
    en: [...new Set(choices.map((each) => expectedWords(each).en))],
    fr: [...new Set(choices.map((each) => expectedWords(each).fr))],
  };
  const guess = token.kind === 'word' ? nearest(token.text, candidates(expected)) : undefined;
  const found = shown(token.text);
  const ended = token.kind === 'end';
  const en = listed(inWords.en, ' or ');
  const fr = listed(inWords.fr, ' ou ');
  return {
    code: ended ? 'something_missing' : 'something_else',
    from: token.from,
    to: token.to,
    ...placeOf(text, token.from),
    found,
    expected: inWords,
    message: {
      en: ended
        ? `The rule ends too early. Continue with ${en}.`
        : `“${found}” cannot stand here. Write ${en}.${guess === undefined ? '' : ` Did you mean “${guess}”?`}`,
      fr: ended
        ? `La règle s’arrête trop tôt. Continuez par ${fr}.`
        : `« ${found} » ne peut pas se trouver ici. Écrivez ${fr}.${guess === undefined ? '' : ` Vouliez-vous dire « ${guess} » ?`}`,
    },
  };
};

export const ruleTextError = (text: string, cause: Cause): RuleTextError => {
  if ('token' in cause) {
    const { token } = cause;
    if (token.wrong === undefined) return ofWords(text, token, cause.expected);
    return {
      code: token.wrong,
      from: token.from,
      to: token.to,
      ...placeOf(text, token.from),
      found: shown(token.text),
      expected: { en: [], fr: [] },
      message: wrongWords(token.wrong, shown(token.text)),
    };
  }
  const { problem } = cause;
  const { code, from, to } = problem;
  return {
    code,
    from,
    to,
    ...placeOf(text, from),
    found: shown(text.slice(from, to)),
    expected: { en: [], fr: [] },
    message: problemWords(problem),
  };
};
