const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML that is already safe to join. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template; nothing is written for what is not there. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const render = (part: Part): string => {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return 'markup' in part ? part.markup : part.map(render).join('');
};

/** Every value is text unless this function made it (S-16): html`<p>${name}</p>`. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: pieces.map((piece, index) => piece + render(parts[index])).join(''),
});

export type PageLanguage = 'en' | 'fr';

/** French when the reader prefers it to English (RFC 9110 section 12.5.4), English otherwise. */
export const preferredLanguage = (acceptLanguage: string | undefined): PageLanguage => {
  const wishes = (acceptLanguage ?? '').split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { language: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = (language: string): number =>
    Math.max(0, ...wishes.filter((wish) => wish.language === language).map((wish) => wish.quality));
  return best('fr') > best('en') ? 'fr' : 'en';
};

// A picture of no weight, so that browsers do not ask for /favicon.ico.
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%231d5fa8'/%3E%3Cpath d='M4 12V5l4 4 4-4v7' fill='none' stroke='white' stroke-width='1.75'/%3E%3C/svg%3E";

export interface PageOptions {
  readonly language: PageLanguage;
  readonly title: string;
  readonly content: Html;
  /** `narrow` for a form or a few words; tables take the whole width. */
  readonly width?: 'narrow' | 'wide';
}

export const page = (options: PageOptions): string =>
  html`<!doctype html>
<html lang="${options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main class="${options.width ?? 'wide'}">
${options.content}
</main>
</body>
</html>
`.markup;
