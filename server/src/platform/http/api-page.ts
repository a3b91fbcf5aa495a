import type { Route } from '@mesure/contract';
import type { RouteTable } from '@mesure/contract/openapi';
import { type Html, html, type PageLanguage, page } from './html.ts';

const words = {
  en: {
    title: 'Mesure API',
    lead: 'Every operation, from the same contract that the server checks requests with. Tools read',
    operation: 'Operation',
    purpose: 'What it does',
    access: 'Who may call',
    public: 'anybody',
    'signed-in': 'anybody signed in',
  },
  fr: {
    title: 'API de Mesure',
    lead: 'Toutes les opérations, tirées du contrat qui sert aussi à vérifier les requêtes. Les outils lisent',
    operation: 'Opération',
    purpose: 'Ce qu’elle fait',
    access: 'Qui peut appeler',
    public: 'tout le monde',
    'signed-in': 'toute personne connectée',
  },
} as const;

const accessWords = (route: Route, language: PageLanguage): string =>
  typeof route.access === 'string' ? words[language][route.access] : route.access.join(', ');

const row = (name: string, route: Route, language: PageLanguage): Html =>
  html`<tr><th scope="row"><code>${route.method} ${route.path}</code><br><span class="quiet">${name}</span></th><td lang="en">${route.summary}</td><td>${accessWords(route, language)}</td></tr>
`;

const section = (
  tag: string,
  routes: readonly (readonly [string, Route])[],
  language: PageLanguage,
): Html => {
  const text = words[language];
  return html`<h2>${tag}</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">${text.operation}</th><th scope="col">${text.purpose}</th><th scope="col">${text.access}</th></tr></thead>
<tbody>
${routes.map(([name, route]) => row(name, route, language))}</tbody>
</table></div>
`;
};

/** The operations for people; summaries are the contract's own, in English. */
export const apiPage = (routes: RouteTable, language: PageLanguage): string => {
  const byTag = Map.groupBy(Object.entries(routes), ([, route]) => route.tag);
  return page({
    language,
    title: words[language].title,
    content: html`<h1>${words[language].title}</h1>
<p>${words[language].lead} <a href="/api/openapi.json">/api/openapi.json</a>.</p>
${[...byTag].map(([tag, members]) => section(tag, members, language))}`,
  });
};
