import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createChoices } from './choices.ts';
import { recordClick } from './click.ts';
import { field, parseForm } from './form.ts';
import { layout } from './layout.ts';
import { createLinks, type LinkPurpose, readLink } from './links.ts';
import type { PagesDeps } from './ports.ts';
import { applyAction } from './preferences.ts';
import { readAction } from './preferences-action.ts';
import { preferencesView } from './preferences-view.ts';
import { isScanner } from './scanners.ts';
import { lookOf } from './style.ts';
import { testMessage } from './test-message.ts';
import { unsubscribeDone, unsubscribeQuestion } from './unsubscribe-view.ts';
import { frameOf, openVisit, type Visit } from './visit.ts';
import { whyMissing, whyView } from './why-view.ts';

interface View {
  readonly title: string;
  readonly content: Html;
}

/** A visit whose link names a person. */
interface PersonalVisit {
  readonly tx: Tx;
  readonly visit: Visit;
  readonly profileId: string;
}

const FORM_BYTES = 65_536;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

const tokenOf = (request: FastifyRequest): string => {
  const token = (request.params as Readonly<Record<string, string | undefined>>)['*'] ?? '';
  return /^[\w.-]{1,4096}$/.test(token) ? token : '';
};

const wishedLanguage = (request: FastifyRequest): unknown => {
  const query = request.query as Readonly<Record<string, unknown>>;
  return query.lang;
};

const notFound = (reply: FastifyReply): FastifyReply =>
  reply
    .status(404)
    .headers({
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': lookOf(null).contentSecurityPolicy,
    })
    .send('This link is not complete. / Ce lien n’est pas complet.\n');

/**
 * Customers' pages and tracked links as one fastify plugin. No script, cookie, session, origin check or redirect: the
 * signed token in the path is the only key, and it opens one purpose (S-14).
 */
export const createPages = (deps: PagesDeps): ((app: FastifyInstance) => void) => {
  const choices = createChoices(deps);
  const paths = createLinks({ tokens: deps.tokens, publicUrl: '' });

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    page: { readonly purpose: LinkPurpose; readonly view: (personal: PersonalVisit) => Promise<View> },
  ): Promise<FastifyReply> => {
    const read = readLink(deps.tokens, page.purpose, tokenOf(request));
    if (!read) return notFound(reply);
    const { target } = read;
    const { body, look } = await deps.database.inWorkspace(target.workspaceId, async (tx) => {
      const visit = await openVisit(tx, deps, { target, wishedLanguage: wishedLanguage(request) });
      const profileId = target.profileId;
      const view =
        profileId === null ? testMessage(visit.language) : await page.view({ tx, visit, profileId });
      return {
        body: layout(frameOf(visit), view.title, view.content),
        look: lookOf(visit.accentColor),
      };
    });
    return reply
      .status(200)
      .headers({ ...headers, 'content-security-policy': look.contentSecurityPolicy })
      .send(body);
  };

  const formOf = (request: FastifyRequest) => parseForm(request.headers['content-type'], request.body);

  const why = async ({ tx, visit, profileId }: PersonalVisit): Promise<View> => {
    const { campaignId, decisionId } = visit.target;
    const decision = decisionId
      ? await deps.decisions.byId(tx, decisionId)
      : await deps.decisions.latestFor(tx, { campaignId, profileId });
    if (decision?.profileId !== profileId) return whyMissing(visit);
    return whyView(visit, {
      decision,
      proof: await deps.guard.consent.proof(tx, decision.legalBasis.entryId),
      preferencesPath: paths.preferences(visit.target),
      unsubscribePath: paths.unsubscribe(visit.target),
    });
  };

  const bind = (scope: FastifyInstance): void => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FORM_BYTES }, (_request, body, done) => {
      done(null, body);
    });
    // The wildcard takes tokens of any length; a mailbox provider's machines share few addresses, so one-click and
    // links are not limited by caller.
    const open = { config: { crossSite: true } };
    const limited = { config: { crossSite: true, rateLimit: { max: 300, timeWindow: 60_000 } } };

    scope.get('/p/u/*', open, (request, reply) =>
      answer(request, reply, {
        purpose: 'unsubscribe',
        view: async ({ visit }) => unsubscribeQuestion(visit, paths.preferences(visit.target)),
      }),
    );
    scope.post('/p/u/*', open, async (request, reply) => {
      const oneClick = field(await formOf(request), 'List-Unsubscribe') === 'One-Click';
      return answer(request, reply, {
        purpose: 'unsubscribe',
        view: async ({ tx, visit, profileId }) => {
          await choices.unsubscribe(tx, visit, { profileId, oneClick });
          return unsubscribeDone(visit, paths.preferences(visit.target));
        },
      });
    });

    scope.get('/p/preferences/*', limited, (request, reply) =>
      answer(request, reply, {
        purpose: 'preferences',
        view: async ({ tx, visit, profileId }) =>
          preferencesView(visit, await choices.read(tx, visit, profileId), null),
      }),
    );
    scope.post('/p/preferences/*', limited, async (request, reply) => {
      const action = readAction(await formOf(request));
      return answer(request, reply, {
        purpose: 'preferences',
        view: async ({ tx, visit, profileId }) => {
          const topicsBefore = await applyAction(choices, action, { tx, visit, profileId });
          return preferencesView(visit, await choices.read(tx, visit, profileId), { action, topicsBefore });
        },
      });
    });

    scope.get('/p/why/*', limited, (request, reply) => answer(request, reply, { purpose: 'why', view: why }));

    scope.get('/t/*', open, async (request, reply) => {
      const read = readLink(deps.tokens, 'click', tokenOf(request));
      if (!read?.url) return notFound(reply);
      const purpose = request.headers['sec-purpose'] ?? request.headers.purpose;
      const bot = isScanner({
        method: request.method,
        userAgent: request.headers['user-agent'],
        purpose: typeof purpose === 'string' ? purpose : undefined,
      });
      await recordClick(deps, { read, bot }).catch((error: unknown) => {
        // The reader goes where the link says even when it cannot be counted.
        deps.log.error({ err: error, campaignId: read.target.campaignId }, 'a click could not be recorded');
      });
      return reply
        .status(302)
        .headers({
          location: read.url,
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex, nofollow',
          'cache-control': 'no-store',
        })
        .send();
    });
  };

  return (app) => {
    app.register(async (scope) => bind(scope));
  };
};
