import { accessRoutes } from '@mesure/contract/access';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '#platform/errors';
import {
  type Field,
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

/** `/setup`: the first account, with the token printed at start. */
export const setUpPages = (app: FastifyInstance, access: Access): void => {
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    given: { token: string; typed: Typed; problem?: string },
  ) => {
    const language = languageOf(request);
    const words = pageWords[language];
    const text = (name: string, label: string, value: string): Field => ({
      name,
      label,
      type: name === 'email' ? 'email' : 'text',
      autocomplete: name === 'email' ? 'username' : 'off',
      value: given.typed[name] ?? value,
    });
    const markup = formPage({
      language,
      title: words.setUp.title,
      lead: words.setUp.lead,
      token: given.token,
      fields: [
        text('workspace', words.setUp.workspace, ''),
        text('timeZone', words.setUp.timeZone, 'Europe/Paris'),
        text('currency', words.setUp.currency, 'EUR'),
        text('email', words.setUp.email, ''),
        ...nameAndPassword(language, given.typed, words.setUp.passwordHint),
      ],
      button: words.setUp.button,
      problem: given.problem,
    });
    return sendPage(reply, markup, given.problem === undefined ? 200 : 422);
  };
  app.get('/setup', (request, reply) => show(request, reply, { token: tokenIn(request), typed: {} }));
  app.post('/setup', async (request, reply) => {
    const language = languageOf(request);
    const words = pageWords[language];
    const typed = typedIn(request.body);
    const parsed = accessRoutes.setUp.body.safeParse({
      token: typed['token'],
      workspace: {
        name: typed['workspace'],
        timeZone: typed['timeZone'],
        currency: typed['currency'],
        language,
      },
      account: { email: typed['email'], name: typed['name'], password: typed['password'] },
    });
    const token = typed['token'] ?? '';
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => String(issue.path.at(-1)));
      return show(request, reply, { token, typed, problem: words.wrongFields(fields) });
    }
    try {
      const { secret } = await access.setUp.setUp(parsed.data);
      setSessionCookie(reply, secret);
      return sendPage(reply, plainPage(language, words.setUp.doneTitle, words.setUp.done));
    } catch (error) {
      if (!isAppError(error)) throw error;
      return show(request, reply, { token, typed, problem: words.problem(error) });
    }
  });
};
