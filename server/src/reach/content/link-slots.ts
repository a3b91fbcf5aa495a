import type { LinkSlot } from './compiled.ts';
import { attributeOf, decodeEntities, scanHtml } from './html-scan.ts';
import { marked } from './link-marks.ts';
import type { LiquidToken } from './liquid-tokens.ts';

const OWN_PAGES = /\blinks\s*\.\s*(?:unsubscribe|preferences|why)\b/;
const NOT_WEB = /^\s*(?:mailto:|tel:|sms:|#|$)/i;

interface Sources {
  readonly tokens: readonly LiquidToken[];
  readonly pattern: RegExp;
}

const written = (text: string, { tokens, pattern }: Sources): string =>
  text.replace(pattern, (whole, index) => tokens[Number(index)]?.raw ?? whole);

/**
 * Gives each `<a href>` its index, in the order of the document, and marks its address. Not counted: links to the
 * recipient's own pages and what is not a web address. Attribute values come out in double quotes.
 */
export const markLinks = (
  html: string,
  sources: Sources,
): { readonly html: string; readonly links: readonly LinkSlot[] } => {
  const links: { index: number; href: string; label: string }[] = [];
  let result = '';
  let from = 0;
  let open: { index: number; href: string; label: string } | undefined;
  for (const piece of scanHtml(html)) {
    if (piece.kind === 'text' && open !== undefined) {
      open.label += html.slice(piece.start, piece.end);
    }
    if (piece.kind === 'open' && piece.name === 'img' && open !== undefined) {
      open.label += ` ${attributeOf(piece, 'alt') ?? ''}`;
    }
    if (piece.kind === 'close' && piece.name === 'a') {
      open = undefined;
    }
    if (piece.kind !== 'open' || piece.name !== 'a') {
      continue;
    }
    const attribute = piece.attributes.find(({ name }) => name === 'href');
    const href = attribute === undefined ? '' : written(attribute.value, sources);
    if (attribute === undefined || NOT_WEB.test(href) || OWN_PAGES.test(href)) {
      continue;
    }
    open = { index: links.length, href: decodeEntities(href), label: '' };
    links.push(open);
    result += `${html.slice(from, attribute.start)}href="${marked(open.index, attribute.value.replace(/"/g, '&quot;'))}"`;
    from = attribute.end;
  }
  return {
    html: result + html.slice(from),
    links: links.map((link) => ({
      ...link,
      label: decodeEntities(written(link.label, sources)).replace(/\s+/g, ' ').trim().slice(0, 200),
    })),
  };
};

/** In a text part written by hand, an address that a link of the HTML has too gets that link's index. */
export const markTextLinks = (text: string, links: readonly LinkSlot[], sources: Sources): string => {
  const byHref = new Map(links.map((link) => [link.href.replace(/\s+/g, ''), link.index]));
  const candidate = new RegExp(`https?://[^\\s<>"')\\]]+|${sources.pattern.source}`, 'g');
  return text.replace(candidate, (address: string) => {
    const index = byHref.get(written(address, sources).replace(/\s+/g, ''));
    return index === undefined ? address : marked(index, address);
  });
};
