import type { Problem } from './message.ts';

/** A link in a rendered part: `url` unescaped, [start, end) where its address stands in the part. */
export interface RenderedLink {
  readonly index: number;
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

export interface RenderedMessage {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly htmlLinks: readonly RenderedLink[];
  readonly textLinks: readonly RenderedLink[];
}

export type RenderResult =
  | ({ readonly ok: true } & RenderedMessage)
  | { readonly ok: false; readonly error: Problem };

const escapeAttribute = (url: string): string =>
  url.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const splice = (
  part: string,
  links: readonly RenderedLink[],
  replacement: (link: RenderedLink) => string,
): string => {
  let result = '';
  let from = 0;
  for (const link of links) {
    result += part.slice(from, link.start) + replacement(link);
    from = link.end;
  }
  return result + part.slice(from);
};

/**
 * Replaces the address of each link that may be tracked; links to the unsubscribe, preferences and "why" pages,
 * `mailto:`, `tel:` and anchors are not among them. The same link in a loop keeps its index and changes its url.
 */
export const renderLinks = (
  message: RenderedMessage,
  rewrite: (url: string, index: number) => string,
): { readonly html: string; readonly text: string } => ({
  html: splice(message.html, message.htmlLinks, (link) => escapeAttribute(rewrite(link.url, link.index))),
  text: splice(message.text, message.textLinks, (link) => rewrite(link.url, link.index)),
});
