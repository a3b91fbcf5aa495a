import type { Places } from './compiled.ts';

export interface LiquidToken {
  /** `{{ … }}` or `{% … %}` as written. */
  readonly raw: string;
  readonly line: number;
  readonly column: number;
}

export interface Protected {
  readonly text: string;
  readonly tokens: readonly LiquidToken[];
  readonly placeholder: (index: number) => string;
  /** Matches a placeholder, its first group being the index. */
  readonly pattern: RegExp;
}

export interface UnclosedToken {
  readonly unclosed: { readonly line: number; readonly column: number };
}

/** The end of the token that starts at `start`, after its closing delimiter; quoted text may contain one. */
const tokenEnd = (text: string, start: number): number => {
  const close = text[start + 1] === '%' ? '%}' : '}}';
  let quote = '';
  for (let at = start + 2; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      quote = character === quote ? '' : quote;
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === close[0] && text[at + 1] === close[1]) {
      return at + 2;
    }
  }
  // An apostrophe in a comment is not a quotation: take the first closing delimiter then.
  const plain = text.indexOf(close, start + 2);
  return plain < 0 ? -1 : plain + 2;
};

/**
 * Replaces each Liquid token by a word that no parser or formatter of markup changes, so that MJML never sees Liquid.
 * The words are chosen so that the text does not contain them.
 */
export const protectLiquid = (text: string): Protected | UnclosedToken => {
  let nonce = 0;
  while (text.includes(`lq${nonce}x`)) {
    nonce += 1;
  }
  const tokens: LiquidToken[] = [];
  const placeholder = (index: number): string => `lq${nonce}x${index}z`;
  let result = '';
  let from = 0;
  let line = 1;
  let lineStart = 0;
  let counted = 0;
  const next = /\{[{%]/g;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const start = match.index;
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = at + 1;
    }
    counted = Math.max(counted, lineStart);
    const end = tokenEnd(text, start);
    const column = start - lineStart + 1;
    if (end < 0) {
      return { unclosed: { line, column } };
    }
    result += text.slice(from, start) + placeholder(tokens.length);
    tokens.push({ raw: text.slice(start, end), line, column });
    from = end;
    next.lastIndex = end;
  }
  return {
    text: result + text.slice(from),
    tokens,
    placeholder,
    pattern: new RegExp(`lq${nonce}x(\\d+)z`, 'g'),
  };
};

/** Puts the tokens back and notes where each came from. */
export const restoreLiquid = (
  text: string,
  { tokens, pattern }: Pick<Protected, 'tokens' | 'pattern'>,
): { readonly text: string; readonly places: Places } => {
  const places: number[] = [];
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const token = tokens[Number(match[1])];
    if (token === undefined) {
      continue;
    }
    result += text.slice(from, match.index);
    places.push(result.length, token.line, token.column);
    result += token.raw;
    from = match.index + match[0].length;
  }
  return { text: result + text.slice(from), places };
};

/** The source position of the last token at or before an offset. */
export const placeAt = (places: Places, offset: number): { line: number; column: number } | undefined => {
  let low = 0;
  let high = places.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle * 3] ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low === 0 ? undefined : { line: places[low * 3 - 2] ?? 1, column: places[low * 3 - 1] ?? 1 };
};
