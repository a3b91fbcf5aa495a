import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appError } from '#platform/errors';
import { errorBody, isServerFault, toAppError } from './error-answer.ts';
import { html, type PageLanguage, page, preferredLanguage } from './html.ts';
import { securityHeaders } from './security-headers.ts';

const missing = {
  en: { title: 'Nothing here', text: 'There is no page at this address.', home: 'Go to the start page' },
  fr: {
    title: 'Rien ici',
    text: 'Il n’y a pas de page à cette adresse.',
    home: 'Aller à la page d’accueil',
  },
} as const;

const missingPage = (language: PageLanguage): string => {
  const words = missing[language];
  return page({
    language,
    title: words.title,
    content: html`<h1>${words.title}</h1>
<p>${words.text}</p>
<p><a href="/">${words.home}</a></p>`,
  });
};

const wantsPage = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/api/');

const sendMissingPage = (request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send(missingPage(preferredLanguage(request.headers['accept-language'])));

/** An address that cannot even be read (`/%E0%A4%A`): no route and no hook sees it. */
export const answerUnreadable = (thrown: Error, request: FastifyRequest, reply: FastifyReply): void => {
  reply.headers(securityHeaders(request.url));
  if (wantsPage(request)) {
    sendMissingPage(request, reply, 400);
    return;
  }
  const error = toAppError(thrown);
  reply
    .status(error.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(error, request.id)));
};

/** Every failure leaves as the error body of the contract; what was not foreseen is logged with its cause. */
export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((thrown, request, reply) => {
    const error = toAppError(thrown);
    if (isServerFault(error.code)) {
      const route = request.routeOptions.config.contract ?? request.routeOptions.url;
      request.log.error({ err: error.cause ?? error, route }, 'a request failed');
    }
    return reply
      .status(error.status)
      .type('application/json; charset=utf-8')
      .serializer((body: unknown) => JSON.stringify(body))
      .send(errorBody(error, request.id));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (wantsPage(request)) return sendMissingPage(request, reply, 404);
    throw appError('not_found', {
      message: `There is no ${request.method} ${path.slice(0, 200)}. The operations are listed at /api/docs.`,
    });
  });
};
