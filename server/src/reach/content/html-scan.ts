/** One piece of HTML, in order; joined, the pieces of [start, end) are the whole. */
export type HtmlPiece =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'comment'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: readonly HtmlAttribute[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'close'; readonly name: string; readonly start: number; readonly end: number };

export interface HtmlAttribute {
  readonly name: string;
  /** As written, without quotes. */
  readonly value: string;
  /** [start, end) of the whole attribute. */
  readonly start: number;
  readonly end: number;
}

/** Elements whose content is not markup. */
const RAW_TEXT = new Set(['script', 'style', 'title', 'textarea', 'xmp']);

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** The attributes from `at` on, and the position after the tag's `>`. Linear: each character is looked at once. */
const scanAttributes = (html: string, from: number): { attributes: HtmlAttribute[]; end: number } => {
  const attributes: HtmlAttribute[] = [];
  let at = from;
  while (at < html.length) {
    while (at < html.length && (isSpace(html.charCodeAt(at)) || html[at] === '/')) {
      at += 1;
    }
    if (html[at] === '>' || at >= html.length) {
      return { attributes, end: Math.min(at + 1, html.length) };
    }
    const start = at;
    while (at < html.length && !isSpace(html.charCodeAt(at)) && !'=>/'.includes(html[at] ?? '')) {
      at += 1;
    }
    if (at === start) {
      at += 1;
    }
    const name = html.slice(start, at).toLowerCase();
    let peek = at;
    while (isSpace(html.charCodeAt(peek))) {
      peek += 1;
    }
    let value = '';
    if (html[peek] === '=') {
      at = peek + 1;
      while (isSpace(html.charCodeAt(at))) {
        at += 1;
      }
      const quote = html[at];
      if (quote === '"' || quote === "'") {
        const close = html.indexOf(quote, at + 1);
        const end = close < 0 ? html.length : close;
        value = html.slice(at + 1, end);
        at = Math.min(end + 1, html.length);
      } else {
        const valueStart = at;
        while (at < html.length && !isSpace(html.charCodeAt(at)) && html[at] !== '>') {
          at += 1;
        }
        value = html.slice(valueStart, at);
      }
    }
    attributes.push({ name, value, start, end: at });
  }
  return { attributes, end: html.length };
};

/** A tokenizer that is exact enough for e-mail: what it does not understand is text. */
export function* scanHtml(html: string): Generator<HtmlPiece> {
  let at = 0;
  let textStart = 0;
  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start < 0) {
      break;
    }
    const next = html[start + 1] ?? '';
    const closing = next === '/';
    if (next !== '!' && next !== '?' && !/[a-zA-Z]/.test(closing ? (html[start + 2] ?? '') : next)) {
      at = start + 1;
      continue;
    }
    if (start > textStart) {
      yield { kind: 'text', start: textStart, end: start };
    }
    if (next === '!' || next === '?') {
      const close = html.startsWith('<!--', start)
        ? html.indexOf('-->', start + 4)
        : html.indexOf('>', start);
      const end = close < 0 ? html.length : close + (html.startsWith('<!--', start) ? 3 : 1);
      yield { kind: 'comment', start, end };
      at = end;
      textStart = end;
      continue;
    }
    let nameEnd = start + (closing ? 2 : 1);
    const nameStart = nameEnd;
    while (
      nameEnd < html.length &&
      !isSpace(html.charCodeAt(nameEnd)) &&
      !'>/'.includes(html[nameEnd] ?? '')
    ) {
      nameEnd += 1;
    }
    const name = html.slice(nameStart, nameEnd).toLowerCase();
    const { attributes, end } = scanAttributes(html, nameEnd);
    if (closing) {
      yield { kind: 'close', name, start, end };
    } else {
      yield { kind: 'open', name, attributes, start, end };
    }
    at = end;
    textStart = end;
    if (!closing && RAW_TEXT.has(name)) {
      const search = new RegExp(`</${name}\\b`, 'gi');
      search.lastIndex = end;
      const close = search.exec(html)?.index ?? html.length;
      if (close > end) {
        yield { kind: 'text', start: end, end: close };
      }
      at = close;
      textStart = close;
    }
  }
  if (textStart < html.length) {
    yield { kind: 'text', start: textStart, end: html.length };
  }
}

export const attributeOf = (piece: Extract<HtmlPiece, { kind: 'open' }>, name: string): string | undefined =>
  piece.attributes.find((attribute) => attribute.name === name)?.value;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  zwnj: '',
  shy: '',
  copy: '©',
  reg: '®',
  euro: '€',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ecirc: 'ê',
};

const decodeOne = (reference: string): string => {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? reference;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : '';
};

/** The references that people write in mails; an unknown one stays as it is. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+);/gi, decodeOne);
