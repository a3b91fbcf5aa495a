import type { HtmlPiece } from './html-scan.ts';
import { attributeOf } from './html-scan.ts';

/** Deeper than any mail; what is nested deeper is read as if it were not, so that closing tags stay cheap to match. */
export const MAX_DEPTH = 256;

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
]);

export const isVoid = (name: string): boolean => VOID.has(name);

/** Declarations of a style attribute, names in lower case. */
export const styleOf = (piece: Extract<HtmlPiece, { kind: 'open' }>): ReadonlyMap<string, string> => {
  const declarations = new Map<string, string>();
  for (const declaration of (attributeOf(piece, 'style') ?? '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon > 0) {
      declarations.set(
        declaration.slice(0, colon).trim().toLowerCase(),
        declaration
          .slice(colon + 1)
          .replace(/!important/i, '')
          .trim()
          .toLowerCase(),
      );
    }
  }
  return declarations;
};

const isZero = (value: string | undefined): boolean =>
  value !== undefined && /^0(?:\.0+)?(?:px|em|rem|pt|%)?$/.test(value);

/** Whether an element hides itself and what is in it, by its own style. */
export const hides = (piece: Extract<HtmlPiece, { kind: 'open' }>): boolean => {
  const style = styleOf(piece);
  return (
    attributeOf(piece, 'hidden') !== undefined ||
    style.get('display') === 'none' ||
    style.get('visibility') === 'hidden' ||
    isZero(style.get('opacity')) ||
    (isZero(style.get('max-height')) && style.get('overflow') === 'hidden')
  );
};
