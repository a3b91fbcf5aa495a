import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appError } from '#platform/errors';
import { html, type PageLanguage, page, preferredLanguage } from '#platform/http';
import type { Catcher } from './catcher.ts';
import type { CaughtMail, OpenedMail } from './mail.ts';

export interface CatcherPagesDeps {
  readonly catcher: Catcher;
  /** Workspace whose messages everybody who reaches this server may read: a demo on this machine. Absent: sign in. */
  readonly openTo?: string | undefined;
}

const WORDS = {
  en: {
    title: 'Mail catcher',
    about: 'Messages that were kept on this server. Nobody received them.',
    empty: 'No message has arrived.',
    search: 'Recipient or subject',
    find: 'Search',
    to: 'To',
    older: 'Older messages',
    back: 'All messages',
    text: 'Text part',
    headers: 'Headers',
    source: 'Source',
    count: (total: number): string =>
      `${total.toLocaleString('en-GB')} ${total === 1 ? 'message' : 'messages'}`,
    frame: 'The message as a reader sees it. Images of other servers are not loaded.',
  },
  fr: {
    title: 'Récepteur de courriels',
    about: 'Messages conservés sur ce serveur. Personne ne les a reçus.',
    empty: 'Aucun message n’est arrivé.',
    search: 'Destinataire ou objet',
    find: 'Rechercher',
    to: 'À',
    older: 'Messages plus anciens',
    back: 'Tous les messages',
    text: 'Version texte',
    headers: 'En-têtes',
    source: 'Source',
    count: (total: number): string =>
      `${total.toLocaleString('fr-FR')} ${total > 1 ? 'messages' : 'message'}`,
    frame: 'Le message tel que le lecteur le voit. Les images d’autres serveurs ne sont pas chargées.',
  },
} as const;

const LOCALES: Readonly<Record<PageLanguage, string>> = { en: 'en-GB', fr: 'fr-FR' };
const PER_PAGE = 50;

const instant = (at: Date, language: PageLanguage): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(at);

const listPage = (
  language: PageLanguage,
  found: { items: readonly CaughtMail[]; total: number; next?: string; search: string },
): string => {
  const words = WORDS[language];
  const older = `/catcher?before=${found.next ?? ''}&search=${encodeURIComponent(found.search)}`;
  return page({
    language,
    title: words.title,
    content: html`<h1>${words.title}</h1>
<p class="quiet">${words.about} ${words.count(found.total)}</p>
<form class="row" method="get" action="/catcher"><label>${words.search} <input type="search" name="search" value="${found.search}"></label>
<button>${words.find}</button></form>
${
  found.items.length === 0
    ? html`<p>${words.empty}</p>`
    : html`<ul class="mails">
${found.items.map(
  (mail) =>
    html`<li><a href="/catcher/${mail.id}">${mail.subject || '—'}</a><p>${words.to} ${mail.to} · ${instant(mail.at, language)}</p></li>
`,
)}</ul>`
}
${found.next === undefined ? html`` : html`<p><a href="${older}">${words.older}</a></p>`}`,
  });
};

const mailPage = (language: PageLanguage, mail: OpenedMail): string => {
  const words = WORDS[language];
  return page({
    language,
    title: mail.subject || words.title,
    content: html`<p><a href="/catcher">${words.back}</a></p>
<h1>${mail.subject || '—'}</h1>
<p class="quiet">${words.to} ${mail.to} · ${instant(mail.at, language)}</p>
<iframe title="${words.frame}" src="/catcher/${mail.id}/html" width="100%" height="720" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<p class="quiet">${words.frame}</p>
<details><summary>${words.text}</summary><pre>${mail.text}</pre></details>
<details><summary>${words.headers}</summary><div class="scroll"><table><tbody>${mail.headers.map(
      ({ name, value }) => html`<tr><th scope="row">${name}</th><td><code>${value}</code></td></tr>`,
    )}</tbody></table></div></details>
<p><a href="/catcher/${mail.id}/raw">${words.source}</a></p>`,
  });
};

/** The frame may show the message and open links in a new window; no script, no form, no other server (S-16). */
const FRAME_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const withNewWindows = (message: string): string =>
  message.replace(/<a\b/gi, '<a target="_blank" rel="noopener noreferrer"');

/** Pages under /catcher for whoever tries the system: a list, and each message in a sandboxed frame. */
export const catcherPages =
  ({ catcher, openTo }: CatcherPagesDeps) =>
  (app: FastifyInstance): void => {
    const guarded = openTo === undefined ? { config: { access: 'signed-in' as const } } : {};
    const workspaceOf = (request: FastifyRequest): string => {
      const workspaceId = openTo ?? request.actor?.workspaceId;
      if (workspaceId === undefined) throw appError('unauthenticated');
      return workspaceId;
    };
    const opened = async (request: FastifyRequest): Promise<OpenedMail> => {
      const { id } = request.params as { readonly id: string };
      const mail = await catcher.open(workspaceOf(request), id);
      if (mail === null) throw appError('not_found', { message: 'This message is not in the catcher.' });
      return mail;
    };
    const languageOf = (request: FastifyRequest): PageLanguage =>
      preferredLanguage(request.headers['accept-language']);
    const asPage = (reply: FastifyReply): FastifyReply =>
      reply
        .header('cache-control', 'no-store')
        .header('content-security-policy', PAGE_POLICY)
        .type('text/html; charset=utf-8');

    app.get('/catcher', guarded, async (request, reply) => {
      const query = request.query as Readonly<Record<string, unknown>>;
      const search = typeof query.search === 'string' ? query.search.slice(0, 200) : '';
      const before = typeof query.before === 'string' && query.before !== '' ? query.before : undefined;
      const found = await catcher.list(workspaceOf(request), { search, before, limit: PER_PAGE });
      return asPage(reply).send(listPage(languageOf(request), { ...found, search }));
    });
    app.get('/catcher/:id', guarded, async (request, reply) =>
      asPage(reply).send(mailPage(languageOf(request), await opened(request))),
    );
    app.get('/catcher/:id/html', guarded, async (request, reply) => {
      const mail = await opened(request);
      return reply
        .header('cache-control', 'no-store')
        .header('content-security-policy', FRAME_POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .type('text/html; charset=utf-8')
        .send(
          withNewWindows(
            mail.html || `<pre>${mail.text.replace(/[&<]/g, (c) => (c === '&' ? '&amp;' : '&lt;'))}</pre>`,
          ),
        );
    });
    app.get('/catcher/:id/raw', guarded, async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const raw = await catcher.raw(workspaceOf(request), id);
      if (raw === null) throw appError('not_found', { message: 'This message is not in the catcher.' });
      return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(raw);
    });
  };
