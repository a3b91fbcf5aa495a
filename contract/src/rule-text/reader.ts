import type { ProfileField } from '../rule.ts';
import type { Problem } from './problem.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Of what a value is: where an editor finds those that are common. */
export type ValueOf =
  | { readonly kind: 'field'; readonly field: ProfileField }
  | { readonly kind: 'trait'; readonly key: string }
  | { readonly kind: 'property'; readonly event: string; readonly key: string }
  | { readonly kind: 'item'; readonly event: string; readonly part: string };

/** What could stand at a place. */
export type Expected =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'text'; readonly of: ValueOf | null }
  | { readonly kind: 'property'; readonly event: string }
  | {
      readonly kind:
        | 'condition'
        | 'field'
        | 'event'
        | 'trait'
        | 'number'
        | 'whole_number'
        | 'money'
        | 'currency'
        | 'instant';
    };

/**
 * Walks over the tokens and remembers what could have stood at the furthest place that was looked at: the same memory
 * says what was expected where a text is wrong, and what may come next where an editor asks.
 */
export interface Reader {
  readonly token: () => Token;
  readonly take: () => Token;
  /** Takes the words of a phrase, or nothing. */
  readonly phrase: (words: string) => boolean;
  readonly mark: (text: string) => boolean;
  /** Takes the next token where it is of the kind. */
  readonly next: (kind: Token['kind'], expected: Expected) => Token | undefined;
  readonly expect: (expected: Expected) => void;
  /** The first problem counts. Answers undefined, so that callers can hand it on. */
  readonly fail: (problem: Problem) => undefined;
  readonly problem: () => Problem | undefined;
  /** The furthest place, and what could have stood there. */
  readonly furthest: () => { readonly token: Token; readonly expected: readonly Expected[] };
  readonly lastEnd: () => number;
}

export const createReader = (text: string): Reader => {
  const tokens = tokensOf(text);
  const end = tokens.at(-1) as Token;
  let index = 0;
  let furthest = 0;
  let expected: Expected[] = [];
  let problem: Problem | undefined;

  const at = (place: number): Token => tokens[place] ?? end;
  const note = (place: number, what: Expected): void => {
    if (place > furthest) {
      furthest = place;
      expected = [];
    }
    if (place === furthest) expected.push(what);
  };
  const isWord = (token: Token, word: string): boolean =>
    token.kind === 'word' && token.text.toLowerCase() === word;

  return {
    token: () => at(index),
    take: () => {
      const token = at(index);
      if (token.kind !== 'end') index += 1;
      return token;
    },
    phrase: (text) => {
      const words = text.split(' ');
      const wrong = words.findIndex((word, offset) => !isWord(at(index + offset), word));
      note(index + Math.max(0, wrong), { kind: 'word', text: words.slice(Math.max(0, wrong)).join(' ') });
      if (wrong >= 0) return false;
      index += words.length;
      return true;
    },
    mark: (text) => {
      note(index, { kind: 'mark', text });
      const found = at(index).kind === 'mark' && at(index).text === text;
      if (found) index += 1;
      return found;
    },
    next: (kind, what) => {
      note(index, what);
      if (at(index).kind !== kind) return undefined;
      index += 1;
      return at(index - 1);
    },
    expect: (what) => note(index, what),
    fail: (found) => {
      problem ??= found;
      return undefined;
    },
    problem: () => problem,
    furthest: () => ({ token: at(furthest), expected }),
    lastEnd: () => (index === 0 ? 0 : at(index - 1).to),
  };
};
