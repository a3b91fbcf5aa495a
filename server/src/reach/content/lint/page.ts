import { attributeOf, decodeEntities, type HtmlPiece, scanHtml } from '../html-scan.ts';
import { hides, isVoid, MAX_DEPTH, styleOf } from '../visibility.ts';
import { contrast, parseColour, type Rgb } from './colour.ts';

type Open = Extract<HtmlPiece, { kind: 'open' }>;

export interface PageLink {
  readonly href: string;
  readonly label: string;
  readonly hidden: boolean;
  /** 1 to 21. */
  readonly contrast: number;
  readonly fontPx: number;
}

export interface PageImage {
  readonly src: string;
  /** Undefined when there is no alt attribute at all. */
  readonly alt: string | undefined;
  readonly inLink: boolean;
  readonly hidden: boolean;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** A mail as a reader's program sees it. */
export interface Page {
  readonly title: string;
  readonly lang: string;
  readonly visibleText: string;
  readonly links: readonly PageLink[];
  readonly images: readonly PageImage[];
  /** Elements and attributes that mail programs remove, or that call other servers. */
  readonly active: readonly string[];
  readonly remoteStyles: readonly string[];
  readonly tablesWithoutRole: number;
}

interface Level {
  readonly name: string;
  readonly hidden: boolean;
  readonly colour: Rgb;
  readonly ground: Rgb;
  readonly fontPx: number;
}

const ACTIVE = new Set([
  'script',
  'form',
  'iframe',
  'object',
  'embed',
  'video',
  'audio',
  'base',
  'meta-refresh',
]);
const ROOT: Level = { name: '', hidden: false, colour: [0, 0, 0], ground: [255, 255, 255], fontPx: 16 };

const pixels = (text: string | undefined): number | undefined => {
  const value = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/.exec(text ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
};

const below = (parent: Level, piece: Open): Level => {
  const style = styleOf(piece);
  return {
    name: piece.name,
    hidden: parent.hidden || hides(piece) || ['head', 'style', 'script', 'title'].includes(piece.name),
    colour: parseColour(style.get('color')) ?? parent.colour,
    ground:
      parseColour(
        style.get('background-color') ?? style.get('background') ?? attributeOf(piece, 'bgcolor'),
      ) ?? parent.ground,
    fontPx: pixels(style.get('font-size')) ?? parent.fontPx,
  };
};

export const readPage = (html: string): Page => {
  let title = '';
  let lang = '';
  let visibleText = '';
  let tablesWithoutRole = 0;
  const links: (PageLink & { label: string })[] = [];
  const images: PageImage[] = [];
  const active: string[] = [];
  const remoteStyles: string[] = [];
  const stack: Level[] = [];
  let link: { -readonly [K in keyof PageLink]: PageLink[K] } | undefined;
  const top = (): Level => stack.at(-1) ?? ROOT;

  for (const piece of scanHtml(html)) {
    if (piece.kind === 'text') {
      const words = html.slice(piece.start, piece.end);
      if (top().name === 'title') {
        title += decodeEntities(words).trim();
      } else if (top().name === 'style') {
        remoteStyles.push(
          ...[...words.matchAll(/@import[^;]{0,500}|url\([^)]{0,500}\)/gi)].map((match) => match[0]),
        );
      } else if (!top().hidden) {
        const text = decodeEntities(words);
        visibleText += text;
        if (link !== undefined) {
          link.label += text;
          // The words may stand in an element of their own, with its own style.
          link.contrast = text.trim() === '' ? link.contrast : contrast(top().colour, top().ground);
          link.fontPx = text.trim() === '' ? link.fontPx : top().fontPx;
        }
      }
    } else if (piece.kind === 'close') {
      const at = stack.findLastIndex((level) => level.name === piece.name);
      stack.splice(at < 0 ? stack.length : at);
      if (piece.name === 'a') {
        link = undefined;
      }
      visibleText += ' ';
    } else if (piece.kind === 'open') {
      const level = below(top(), piece);
      if (piece.name === 'html') {
        lang = attributeOf(piece, 'lang') ?? '';
      }
      if (
        ACTIVE.has(piece.name) ||
        (piece.name === 'meta' && /refresh/i.test(attributeOf(piece, 'http-equiv') ?? ''))
      ) {
        active.push(`<${piece.name}>`);
      }
      active.push(...piece.attributes.filter(({ name }) => /^on[a-z]/.test(name)).map(({ name }) => name));
      if (piece.name === 'link' && /stylesheet/i.test(attributeOf(piece, 'rel') ?? '')) {
        remoteStyles.push(attributeOf(piece, 'href') ?? '');
      }
      if (piece.name === 'table' && attributeOf(piece, 'role') === undefined) {
        tablesWithoutRole += 1;
      }
      if (piece.name === 'a' && attributeOf(piece, 'href') !== undefined) {
        link = {
          href: decodeEntities(attributeOf(piece, 'href') ?? '').trim(),
          label: '',
          hidden: level.hidden,
          contrast: contrast(level.colour, level.ground),
          fontPx: level.fontPx,
        };
        links.push(link);
      }
      if (piece.name === 'img') {
        const alt = attributeOf(piece, 'alt');
        if (link !== undefined && alt !== undefined) {
          link.label += ` ${decodeEntities(alt)}`;
        }
        images.push({
          src: decodeEntities(attributeOf(piece, 'src') ?? ''),
          alt,
          inLink: link !== undefined,
          hidden: level.hidden,
          width: pixels(attributeOf(piece, 'width') ?? styleOf(piece).get('width')),
          height: pixels(attributeOf(piece, 'height') ?? styleOf(piece).get('height')),
        });
      }
      if (!isVoid(piece.name) && stack.length < MAX_DEPTH) {
        stack.push(level);
      }
    }
  }
  return {
    title,
    lang,
    visibleText: visibleText.replace(/\s+/g, ' '),
    links: links.map((found) => ({ ...found, label: found.label.replace(/\s+/g, ' ').trim() })),
    images,
    active,
    remoteStyles,
    tablesWithoutRole,
  };
};
