import { attributeOf, decodeEntities, scanHtml } from './html-scan.ts';
import { CLOSE, MIDDLE, OPEN } from './link-marks.ts';
import { hides, isVoid, MAX_DEPTH } from './visibility.ts';

const BLOCK = new Set(
  'address article blockquote div dl dt dd fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
const PARAGRAPH = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'table', 'hr']);
const SILENT = new Set(['head', 'style', 'script', 'title']);

/**
 * The text part of an HTML part (Liquid under placeholders, links marked): readable lines, each link behind its words
 * in angle brackets (RFC 3986 appendix C). Liquid in `{% %}` that stands in a comment is kept: it is a loop.
 *
 * @param isTag whether the placeholder of this index is a `{% %}` tag
 */
export const textOf = (html: string, placeholders: RegExp, isTag: (index: number) => boolean): string => {
  const lines: string[] = [];
  let line = '';
  let silent = 0;
  const stack: { name: string; silences: boolean }[] = [];
  let link: { readonly address: string; label: string } | undefined;
  const write = (words: string): void => {
    line += line === '' || /\s$/.test(line.slice(-1)) ? words.trimStart() : words;
    if (link !== undefined) link.label += words;
  };
  const breakLine = (paragraph: boolean): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    if (paragraph && lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  const closeLink = ({ address, label }: { address: string; label: string }): void => {
    const words = label.trim();
    const bare = address.replace(new RegExp(`${OPEN}\\d+${MIDDLE}|${CLOSE}`, 'g'), '');
    // A picture without words says nothing: the same address usually follows behind the product's name.
    if (words === '') return;
    if (words === bare && line.trimEnd().endsWith(words)) {
      line = line.trimEnd().slice(0, -words.length) + address;
    } else {
      line = `${line.trimEnd()} <${address}>`.trimStart();
    }
  };

  for (const piece of scanHtml(html)) {
    if (piece.kind === 'comment') {
      const comment = html.slice(piece.start, piece.end);
      if (!comment.startsWith('<!--[if')) {
        for (const match of comment.matchAll(placeholders)) {
          if (isTag(Number(match[1]))) line += match[0];
        }
      }
    } else if (piece.kind === 'text') {
      if (silent === 0) write(decodeEntities(html.slice(piece.start, piece.end).replace(/[ \t\r\n]+/g, ' ')));
    } else if (piece.kind === 'open') {
      const silences = SILENT.has(piece.name) || hides(piece);
      if (!isVoid(piece.name) && stack.length < MAX_DEPTH) {
        stack.push({ name: piece.name, silences });
        silent += silences ? 1 : 0;
      }
      if (silent > 0 || silences) continue;
      if (piece.name === 'br') {
        breakLine(false);
      } else if (piece.name === 'img') {
        write(decodeEntities(attributeOf(piece, 'alt') ?? ''));
      } else if (piece.name === 'a' && attributeOf(piece, 'href') !== undefined) {
        link = { address: decodeEntities(attributeOf(piece, 'href') ?? ''), label: '' };
      } else if (BLOCK.has(piece.name)) {
        breakLine(PARAGRAPH.has(piece.name));
        line += piece.name === 'li' ? '- ' : '';
      }
    } else {
      const at = stack.findLastIndex((entry) => entry.name === piece.name);
      if (at >= 0) {
        for (const entry of stack.splice(at)) silent -= entry.silences ? 1 : 0;
      }
      if (silent > 0) continue;
      if (piece.name === 'a' && link !== undefined) {
        closeLink(link);
        link = undefined;
      } else if (BLOCK.has(piece.name)) {
        breakLine(PARAGRAPH.has(piece.name));
      }
    }
  }
  breakLine(false);
  return tidyText(lines.join('\n'));
};

/** At most one empty line in a row, nothing at line ends. Applied again after rendering: loops leave lines behind. */
export const tidyText = (text: string): string =>
  `${text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
