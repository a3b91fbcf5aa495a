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

type Insertable = string | number | Html | readonly Html[];

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const insert = (value: Insertable): string => {
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
  return 'markup' in value ? value.markup : value.map((piece) => piece.markup).join('');
};

/** Text is escaped, Html is not: html`<p>${name}</p>`. */
export const html = (pieces: TemplateStringsArray, ...values: readonly Insertable[]): Html => ({
  markup: pieces.reduce((all, piece, index) => {
    const value = values[index - 1];
    return all + (value === undefined ? '' : insert(value)) + piece;
  }),
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
