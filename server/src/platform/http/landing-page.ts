import { type Html, html, type PageLanguage, page } from './html.ts';

export interface Place {
  readonly href: string;
  readonly name: Readonly<Record<PageLanguage, string>>;
  readonly purpose: Readonly<Record<PageLanguage, string>>;
}

/** What every server has; the composition root adds the mail catcher and the customers' pages. */
export const ownPlaces: readonly Place[] = [
  {
    href: '/api/docs',
    name: { en: 'API, readable', fr: 'API, à lire' },
    purpose: {
      en: 'Every operation of the API on one page.',
      fr: 'Toutes les opérations de l’API sur une page.',
    },
  },
  {
    href: '/api/openapi.json',
    name: { en: 'API document', fr: 'Document de l’API' },
    purpose: { en: 'OpenAPI 3.1, for tools.', fr: 'OpenAPI 3.1, pour les outils.' },
  },
  {
    href: '/api/health',
    name: { en: 'Health', fr: 'État de santé' },
    purpose: {
      en: 'Whether the server and its stores answer.',
      fr: 'Si le serveur et ses bases de données répondent.',
    },
  },
];

const words = {
  en: {
    title: 'Mesure',
    lead: 'The server is running. Made to measure, with restraint, and measured.',
    places: 'Where to go',
  },
  fr: {
    title: 'Mesure',
    lead: 'Le serveur est en marche. Sur mesure, avec mesure, et mesuré.',
    places: 'Où aller',
  },
} as const;

const placeItem = (place: Place, language: PageLanguage): Html =>
  html`<li><a href="${place.href}">${place.name[language]}</a><p>${place.purpose[language]}</p></li>
`;

export const landingPage = (language: PageLanguage, places: readonly Place[]): string =>
  page({
    language,
    title: words[language].title,
    width: 'narrow',
    content: html`<h1>${words[language].title}</h1>
<p>${words[language].lead}</p>
<h2>${words[language].places}</h2>
<ul class="places">
${places.map((place) => placeItem(place, language))}</ul>`,
  });
