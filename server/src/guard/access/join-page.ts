import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '#platform/errors';
import {
  formPage,
  languageOf,
  nameAndPassword,
  plainPage,
  sendPage,
  type Typed,
  tokenIn,
  typedIn,
} from './form-page.ts';
import { pageWords } from './page-words.ts';
import type { Access } from './service.ts';
import { setSessionCookie } from './session-cookie.ts';

/** `/join`: an invitation is accepted in a browser, without a script. */
export const joinPages = (app: FastifyInstance, access: Access): void => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    given: { token: string; typed: Typed; problem?: string },
  ) => {
    const language = languageOf(request);
    const words = pageWords[language];
    const invitation = await access.invitations.read(given.token).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'unprocessable') return null;
      throw error;
    });
    if (!invitation) return sendPage(reply, plainPage(language, words.join.goneTitle, words.join.gone), 410);
    const markup = formPage({
      language,
      title: words.join.title(invitation.workspaceName),
      lead: words.join.lead(invitation.email, invitation.roles.map((role) => words.roles[role]).join(', ')),
      token: given.token,
      fields: nameAndPassword(language, given.typed, words.join.passwordHint),
      button: words.join.button,
      problem: given.problem,
    });
    return sendPage(reply, markup, given.problem === undefined ? 200 : 422);
  };
  app.get('/join', (request, reply) => show(request, reply, { token: tokenIn(request), typed: {} }));
  app.post('/join', async (request, reply) => {
    const typed = typedIn(request.body);
    const { token = '', password = '' } = typed;
    const name = (typed['name'] ?? '').trim();
    const words = pageWords[languageOf(request)];
    if (name === '' || password.length < 12 || password.length > 128)
      return show(request, reply, { token, typed, problem: words.missing });
    try {
      const { secret } = await access.invitations.accept({ token, name, password, network: request.ip });
      setSessionCookie(reply, secret);
      return sendPage(reply, plainPage(languageOf(request), words.join.doneTitle, words.join.done));
    } catch (error) {
      if (!isAppError(error)) throw error;
      return show(request, reply, { token, typed, problem: words.problem(error) });
    }
  });
};
