import { attributeOf, decodeEntities, scanHtml } from './html-scan.ts';
import { CLOSE, MIDDLE, OPEN } from './link-marks.ts';
import { hides, isVoid } from './visibility.ts';

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
  let text = '';
  let silent = 0;
  const stack: { name: string; silences: boolean }[] = [];
  const links: { address: string; from: number }[] = [];
  const newLines = (count: number): void => {
    const trailing = /\n*$/.exec(text.slice(-2))?.[0].length ?? 0;
    if (text !== '') {
      text = text.replace(/[ \t]+$/, '') + '\n'.repeat(Math.max(0, count - trailing));
    }
  };
  const closeLink = (): void => {
    const link = links.pop();
    if (link === undefined) {
      return;
    }
    const label = text.slice(link.from).trim();
    if (label === '') {
      // A picture without words: the same address usually follows behind the product's name.
      text = text.slice(0, link.from);
      return;
    }
    const bare = link.address.replace(new RegExp(`${OPEN}\\d+${MIDDLE}|${CLOSE}`, 'g'), '');
    text =
      label === bare ? `${text.slice(0, link.from)}${link.address}` : `${text.trimEnd()} <${link.address}>`;
  };

  for (const piece of scanHtml(html)) {
    if (piece.kind === 'comment') {
      const comment = html.slice(piece.start, piece.end);
      if (!/^<!--\[if/.test(comment)) {
        for (const match of comment.matchAll(placeholders)) {
          text += isTag(Number(match[1])) ? match[0] : '';
        }
      }
    } else if (piece.kind === 'text') {
      if (silent === 0) {
        const words = decodeEntities(html.slice(piece.start, piece.end).replace(/[ \t\r\n]+/g, ' '));
        text += text === '' || /\s$/.test(text) ? words.trimStart() : words;
      }
    } else if (piece.kind === 'open') {
      const silences = SILENT.has(piece.name) || hides(piece);
      if (!isVoid(piece.name)) {
        stack.push({ name: piece.name, silences });
        silent += silences ? 1 : 0;
      }
      if (silent > 0 || silences) {
        continue;
      }
      if (piece.name === 'br') {
        text = `${text.trimEnd()}\n`;
      } else if (piece.name === 'img') {
        text += decodeEntities(attributeOf(piece, 'alt') ?? '');
      } else if (piece.name === 'a' && attributeOf(piece, 'href') !== undefined) {
        links.push({ address: decodeEntities(attributeOf(piece, 'href') ?? ''), from: text.length });
      } else if (BLOCK.has(piece.name)) {
        newLines(PARAGRAPH.has(piece.name) ? 2 : 1);
        text += piece.name === 'li' ? '- ' : '';
      }
    } else {
      const at = stack.findLastIndex((entry) => entry.name === piece.name);
      if (at >= 0) {
        for (const entry of stack.splice(at)) {
          silent -= entry.silences ? 1 : 0;
        }
      }
      if (silent > 0) {
        continue;
      }
      if (piece.name === 'a') {
        closeLink();
      } else if (BLOCK.has(piece.name)) {
        newLines(PARAGRAPH.has(piece.name) ? 2 : 1);
      }
    }
  }
  return tidyText(text);
};

/** At most one empty line in a row, nothing at line ends. Applied again after rendering: loops leave lines behind. */
export const tidyText = (text: string): string =>
  `${text
    .replace(/[ \t\u00a0]+(?=\n)/g, '')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
