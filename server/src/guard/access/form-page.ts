import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html, type PageLanguage, page, preferredLanguage } from '#platform/http';
import { pageWords } from './page-words.ts';

/** What somebody typed, kept when the form comes back with a problem; passwords are not sent back. */
export type Typed = Readonly<Record<string, string>>;

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly value?: string;
}

const fieldLabel = (field: Field): Html => html`<label>${field.label}
<input name="${field.name}" type="${field.type}" autocomplete="${field.autocomplete}" value="${field.value ?? ''}" required>
<small>${field.hint ?? ''}</small></label>
`;

interface FormPage {
  readonly language: PageLanguage;
  readonly title: string;
  readonly lead: string;
  readonly token: string;
  readonly fields: readonly Field[];
  readonly button: string;
  readonly problem?: string | undefined;
}

const problemBox = (problem: string | undefined): readonly Html[] =>
  problem === undefined ? [] : [html`<p class="problem" role="alert">${problem}</p>`];

export const formPage = (form: FormPage): string =>
  page({
    language: form.language,
    title: form.title,
    width: 'narrow',
    content: html`<h1>${form.title}</h1>
<p>${form.lead}</p>
${problemBox(form.problem)}
<form method="post">
<input type="hidden" name="token" value="${form.token}">
${form.fields.map(fieldLabel)}<button type="submit">${form.button}</button>
</form>`,
  });

export const plainPage = (language: PageLanguage, title: string, text: string): string =>
  page({
    language,
    title,
    width: 'narrow',
    content: html`<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">${pageWords[language].home}</a></p>`,
  });

/** The fields of a form, as typed: a password may begin or end with a space. */
export const typedIn = (body: unknown): Typed =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).map(([name, value]) => [
      name,
      String(value).slice(0, 300),
    ]),
  );

export const languageOf = (request: FastifyRequest): PageLanguage =>
  preferredLanguage(request.headers['accept-language']);

/** The token of the link, for the form's hidden field. */
export const tokenIn = (request: FastifyRequest): string => {
  const { token } = request.query as Readonly<Record<string, unknown>>;
  return typeof token === 'string' ? token.slice(0, 200) : '';
};

export const sendPage = (reply: FastifyReply, markup: string, status = 200): FastifyReply =>
  reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup);

export const nameAndPassword = (language: PageLanguage, typed: Typed, hint: string): readonly Field[] => {
  const words = pageWords[language];
  return [
    { name: 'name', label: words.name, type: 'text', autocomplete: 'name', value: typed['name'] ?? '' },
    { name: 'password', label: words.password, hint, type: 'password', autocomplete: 'new-password' },
  ];
};
