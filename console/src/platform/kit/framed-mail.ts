/** Nothing is fetched and nothing runs; the page's own policy holds as well, since the frame inherits it (CSP 3, 7.8). */
const framePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What a mail client does that darkens a message without dark styles: colours turned, pictures turned back. */
const inverted = `html { background: #fff; min-height: 100%; filter: invert(0.93) hue-rotate(180deg) }
img, video, [background] { filter: invert(1) hue-rotate(180deg) }`;

const always = '(min-width: 0)';
const never = '(max-width: 0)';
const darkQuery = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;
const lightQuery = /\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi;

/** Styles for a scheme follow the choice above the frame, not the reader's own system. */
const inScheme = (css: string, dark: boolean): string =>
  css.replace(darkQuery, dark ? always : never).replace(lightQuery, dark ? never : always);

const safeLink = /^\s*(?:https?:|mailto:|tel:)/i;
const refused =
  'script, base, meta[http-equiv], link, iframe, frame, frameset, object, embed, applet, portal, template';

/** Addresses of other places in a style: pictures, fonts, whole sheets. */
const withoutFetches = (css: string): string =>
  css
    .replace(/@import\b[^;]*(?:;|$)/gi, '')
    .replace(/url\(\s*(?!["']?\s*data:)(?:"[^"]*"|'[^']*'|[^)]*)\s*\)/gi, 'none');

/** What would be refused anyway is taken out: pictures become their words, as in a mail client that loads none. */
const still = (element: Element): void => {
  for (const name of element.getAttributeNames()) {
    if (/^on/i.test(name) || /^(?:srcset|background|poster|ping|action|formaction)$/i.test(name))
      element.removeAttribute(name);
  }
  const source = element.getAttribute('src');
  if (source !== null && !/^\s*data:image\//i.test(source)) element.removeAttribute('src');
  const style = element.getAttribute('style');
  if (style !== null && /url\(/i.test(style)) element.setAttribute('style', withoutFetches(style));
  const href = element.getAttribute('href');
  if (href === null) return;
  if (!safeLink.test(href)) element.removeAttribute('href');
  element.setAttribute('target', '_blank');
  element.setAttribute('rel', 'noopener noreferrer');
};

export interface Framing {
  readonly dark: boolean;
  /** Of the page: the frame inherits its policy, and style sheets without it would be refused. */
  readonly nonce: string;
}

/** A message as the document of a sandboxed frame (S-16): what could act is taken out before the sandbox forbids it. */
export const framedMail = (html: string, { dark, nonce }: Framing): string => {
  // Before parsing: a parsed document has the page's policy already. Without quotes, which could end an attribute.
  const allowed = html.replace(/<style\b/gi, (tag) => `${tag} nonce=${nonce} `);
  const parsed = new DOMParser().parseFromString(nonce === '' ? html : allowed, 'text/html');
  for (const element of parsed.querySelectorAll(refused)) element.remove();
  for (const element of parsed.querySelectorAll('*')) still(element);
  const sheets = [...parsed.querySelectorAll('style')];
  const ownDark = sheets.some((sheet) => `${sheet.media} ${sheet.textContent}`.search(darkQuery) >= 0);
  for (const sheet of sheets) {
    if (sheet.media !== '') sheet.media = inScheme(sheet.media, dark);
    sheet.textContent = inScheme(withoutFetches(sheet.textContent), dark);
  }
  const looks = parsed.createElement('style');
  looks.setAttribute('nonce', nonce);
  looks.textContent = dark && !ownDark ? inverted : `:root { color-scheme: ${dark ? 'dark' : 'light'} }`;
  parsed.head.append(looks);
  for (const sheet of sheets) sheet.setAttribute('nonce', nonce);
  const policy = parsed.createElement('meta');
  policy.setAttribute('http-equiv', 'Content-Security-Policy');
  policy.setAttribute('content', framePolicy);
  parsed.head.prepend(policy);
  return `<!doctype html>${parsed.documentElement.outerHTML}`;
};
