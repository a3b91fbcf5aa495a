import type { MessageFinding } from '@mesure/contract/messages';

/** Where a line and column (from 1) are, in characters from the start; places that are not there end at its end. */
export const offsetOf = (text: string, line: number, column = 1): number => {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + column - 1, end < 0 ? text.length : end);
};

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a finding is about: the Liquid or the tag that begins there, the line otherwise. */
export const spanOf = (text: string, where: { readonly line?: number; readonly column?: number }): Span => {
  const line = where.line ?? 1;
  const from = offsetOf(text, line, where.column ?? 1);
  const lineEnd = offsetOf(text, line, Number.MAX_SAFE_INTEGER);
  if (where.column === undefined) {
    const indent = /^[ \t]*/.exec(text.slice(from, lineEnd))?.[0].length ?? 0;
    return { from: from + indent, to: lineEnd };
  }
  const token = /^(?:\{\{.*?\}\}|\{%.*?%\}|<[^>\n]*>?)/.exec(text.slice(from, lineEnd))?.[0].length;
  return { from, to: token === undefined ? lineEnd : from + token };
};

/** Which of the three texts somebody wrote a finding belongs to. */
export const partOf = ({ where }: Pick<MessageFinding, 'where'>): 'subject' | 'mjml' | 'text' =>
  where.part === 'html' ? 'mjml' : where.part;
