export type TokenKind = 'word' | 'text' | 'number' | 'instant' | 'mark' | 'end' | 'wrong';

export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** Of a text: what stands between the quotes. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** Of something that cannot be read. */
  readonly wrong?: 'unclosed_text' | 'unknown_escape' | 'typographic_quote' | 'unknown_character';
}

const SPACE = /\s+/uy;
const INSTANT = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_.-]*/uy;
const TEXT = /"(?:[^"\\\n\r]|\\[^\n\r])*"/y;
const UNCLOSED = /"[^\n\r]*/y;
const MARK = />=|<=|[(),<>=]/y;

const PLAIN: readonly (readonly [TokenKind, RegExp])[] = [
  ['instant', INSTANT],
  ['number', NUMBER],
  ['word', WORD],
  ['mark', MARK],
];

const matchAt = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0];
};

const textToken = (text: string, from: number): Token => {
  const closed = matchAt(TEXT, text, from);
  if (closed === undefined) {
    const open = matchAt(UNCLOSED, text, from) ?? '"';
    return {
      kind: 'wrong',
      text: open,
      value: open.slice(1),
      from,
      to: from + open.length,
      wrong: 'unclosed_text',
    };
  }
  const place = { text: closed, from, to: from + closed.length };
  try {
    // A tab may stand as it is; JSON knows every other escape of ours.
    return { kind: 'text', ...place, value: String(JSON.parse(closed.replaceAll('\t', '\\t'))) };
  } catch {
    return { kind: 'wrong', ...place, value: closed.slice(1, -1), wrong: 'unknown_escape' };
  }
};

const wrongToken = (text: string, from: number): Token => {
  const character = String.fromCodePoint(text.codePointAt(from) ?? 0);
  return {
    kind: 'wrong',
    text: character,
    value: character,
    from,
    to: from + character.length,
    wrong: /[“”„«»‘’]/.test(character) ? 'typographic_quote' : 'unknown_character',
  };
};

const tokenAt = (text: string, from: number): Token => {
  if (text[from] === '"') return textToken(text, from);
  for (const [kind, pattern] of PLAIN) {
    const found = matchAt(pattern, text, from);
    if (found !== undefined) return { kind, text: found, value: found, from, to: from + found.length };
  }
  return wrongToken(text, from);
};

/** The words of a text, ended by one token of kind `end`. What cannot be read is a token too: nothing throws. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: 'end', text: '', value: '', from: text.length, to: text.length });
  return tokens;
};
