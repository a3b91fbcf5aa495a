import type { BrandLogo } from '@mesure/contract/settings';
import type { LegalEntity } from '#guard/consent';
import { type Html, html, type Part } from '#platform/http';
import { frenchSpaces } from './french-spaces.ts';
import type { Language } from './language.ts';
import { lookOf } from './style.ts';

export interface Frame {
  readonly language: Language;
  readonly brand: string;
  readonly logo: BrandLogo | null;
  readonly accentColor: string | null;
  readonly entity: LegalEntity | null;
}

const words = {
  en: { other: 'Français', otherCode: 'fr', sender: 'Sender', contact: 'Contact', privacy: 'Privacy notice' },
  fr: {
    other: 'English',
    otherCode: 'en',
    sender: 'Expéditeur',
    contact: 'Contact',
    privacy: 'Politique de confidentialité',
  },
} as const;

const footer = (entity: LegalEntity, language: Language): Html => {
  const w = words[language];
  const space = language === 'fr' ? '\u00a0' : '';
  return html`<footer>
<p>${w.sender}${space}: ${entity.name}, ${entity.address}</p>
<p>${w.contact}${space}: <a href="mailto:${entity.contactEmail}">${entity.contactEmail}</a>${
    entity.privacyUrl && html` · <a href="${entity.privacyUrl}">${w.privacy}</a>`
  }</p>
</footer>`;
};

/** Never taller or wider than the header; the file's own size keeps its place while it loads. */
const brandMark = ({ brand, logo }: Frame): Html =>
  logo === null
    ? html`<span class="brand">${brand}</span>`
    : html`<img class="logo" src="${logo.path}" alt="${brand}" width="${logo.width}" height="${logo.height}">`;

export const layout = (frame: Frame, title: string, content: Part): string => {
  const w = words[frame.language];
  const main = html`<h1>${title}</h1>
${content}`;
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title} · ${frame.brand}</title>
<style>${{ markup: lookOf(frame.accentColor).style }}</style>
</head>
<body>
<div class="page">
<header>${brandMark(frame)}<nav><a href="?lang=${w.otherCode}" hreflang="${w.otherCode}" lang="${w.otherCode}">${w.other}</a></nav></header>
<main>
${frame.language === 'fr' ? frenchSpaces(main) : main}
</main>
${frame.entity && footer(frame.entity, frame.language)}
</div>
</body>
</html>
`.markup;
};
