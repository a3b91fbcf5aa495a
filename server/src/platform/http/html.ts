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

export const page = (options: { language: PageLanguage; title: string; content: Html }): string =>
  html`<!doctype html>
<html lang="${options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${options.content}
</main>
</body>
</html>
`.markup;
