import { messagesRoutes } from '@mesure/contract/messages';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { CompiledMessage } from './compiled.ts';
import type { RenderContext } from './context.ts';
import type { Finding } from './finding.ts';
import { guide } from './guide/guide.ts';
import { madeUpReader } from './guide/made-up-reader.ts';
import type { MessageSource } from './message.ts';
import { killedProblem } from './problems.ts';
import type { RenderResult } from './rendered.ts';
import type { Content, PreviewContexts, SendTest } from './room.ts';
import type { Message, MessageVersion, SavedMessage } from './service.ts';
import { starters } from './starters/starters.ts';

export interface ContentRoutesDeps {
  readonly database: Database;
  readonly content: Content;
  readonly previewContexts: PreviewContexts;
  readonly sendTest: SendTest;
}

const presentMessage = (message: Message) => ({
  ...message,
  createdAt: message.createdAt.toISOString(),
  updatedAt: message.updatedAt.toISOString(),
});

const presentVersion = ({ text, compiled, ...version }: MessageVersion) => ({
  ...version,
  ...(text === null ? {} : { text }),
  createdAt: version.createdAt.toISOString(),
  usable: compiled !== null,
  links: compiled?.links ?? [],
});

const present = ({ message, version }: SavedMessage) => ({
  message: presentMessage(message),
  version: presentVersion(version),
});

const sourceOf = (version: MessageVersion): MessageSource => ({
  subject: version.subject,
  mjml: version.mjml,
  language: version.language,
  ...(version.text === null ? {} : { text: version.text }),
});

const presentPreview = <Id extends string | null>(profileId: Id, result: RenderResult | undefined) =>
  result?.ok
    ? { ok: true as const, profileId, subject: result.subject, html: result.html, text: result.text }
    : { ok: false as const, profileId, error: result?.error ?? killedProblem('crashed') };

const verdict = (findings: readonly Finding[]) => ({
  findings,
  ready: findings.every((finding) => finding.severity !== 'error'),
});

export const bindContentRoutes = (
  app: FastifyInstance,
  { database, content, previewContexts, sendTest }: ContentRoutesDeps,
): void => {
  const { messages } = content;
  const compiledFrom = async (source: MessageSource): Promise<CompiledMessage> => {
    const result = await content.compile(source);
    if (result.ok) return result.compiled;
    const [first] = result.problems;
    throw appError('unprocessable', {
      message: `This message cannot be shown yet. ${first?.message[source.language] ?? ''}`,
      details: { reason: 'not_compiled', problems: result.problems },
    });
  };
  const contextsOf = async (
    workspaceId: string,
    compiled: CompiledMessage,
    profileIds: readonly string[],
  ): Promise<readonly { readonly profileId: string; readonly context: RenderContext }[]> => {
    const contexts = await previewContexts(workspaceId, profileIds, compiled.language);
    const known = profileIds.flatMap((profileId) => {
      const context = contexts.get(profileId);
      return context === undefined ? [] : [{ profileId, context }];
    });
    if (known.length === 0) throw appError('not_found', { message: 'None of these profiles exists.' });
    return known;
  };
  const previewsOf = async (
    workspaceId: string,
    compiled: CompiledMessage,
    profileIds: readonly string[],
  ) => {
    const known = await contextsOf(workspaceId, compiled, profileIds);
    const results = await content.renderer.render(
      compiled,
      known.map(({ context }) => context),
    );
    return known.map(({ profileId }, index) => presentPreview(profileId, results[index]));
  };

  bindRoute(app, messagesRoutes.listMessages, ({ workspaceId, query }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const page = await messages.list(tx, query);
      return { ...page, items: page.items.map(presentMessage) };
    }),
  );
  bindRoute(app, messagesRoutes.createMessage, async ({ workspaceId, body, actor }) => {
    const { name, ...source } = body;
    const prepared = await content.prepare(source);
    return database.inWorkspace(workspaceId, async (tx) =>
      present(await messages.create(tx, { name, content: prepared, actor })),
    );
  });
  bindRoute(app, messagesRoutes.readMessage, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) => present(await messages.read(tx, params.id))),
  );
  bindRoute(app, messagesRoutes.updateMessage, async ({ workspaceId, params, body, actor }) => {
    const { name, basedOn, ...source } = body;
    const prepared = await content.prepare(source);
    return database.inWorkspace(workspaceId, async (tx) =>
      present(await messages.update(tx, { id: params.id, name, basedOn, content: prepared, actor })),
    );
  });
  bindRoute(app, messagesRoutes.listMessageVersions, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) => ({
      items: (await messages.versions(tx, params.id)).map(presentVersion),
    })),
  );
  bindRoute(app, messagesRoutes.readMessageVersion, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) =>
      presentVersion(await messages.version(tx, params.id, params.version)),
    ),
  );
  bindRoute(app, messagesRoutes.previewMessage, async ({ workspaceId, params, body }) => {
    const source =
      body.source ??
      sourceOf(
        await database.inWorkspace(workspaceId, (tx) => messages.version(tx, params.id, body.version)),
      );
    const compiled = await compiledFrom(source);
    return { items: await previewsOf(workspaceId, compiled, body.profileIds) };
  });
  bindRoute(app, messagesRoutes.previewMessageSource, async ({ workspaceId, body }) => {
    const compiled = await compiledFrom(body.source);
    if (body.profileIds.length > 0)
      return { items: await previewsOf(workspaceId, compiled, body.profileIds) };
    const [result] = await content.renderer.render(compiled, [madeUpReader(compiled.language)]);
    return { items: [presentPreview(null, result)] };
  });
  bindRoute(app, messagesRoutes.checkMessageSource, async ({ workspaceId, body }) => {
    const compiled = await compiledFrom(body.source);
    const known = await previewsOf(workspaceId, compiled, body.profileIds);
    const failing = known.flatMap((item) =>
      item.ok ? [] : [{ profileId: item.profileId, error: item.error }],
    );
    return { checked: known.length, failing };
  });
  bindRoute(app, messagesRoutes.testMessageSource, async ({ workspaceId, body, actor }) =>
    sendTest(workspaceId, {
      source: body.source,
      compiled: await compiledFrom(body.source),
      profileId: body.profileId,
      actor,
    }),
  );
  bindRoute(app, messagesRoutes.listMessageFields, async () => guide);
  bindRoute(app, messagesRoutes.lintMessage, async ({ workspaceId, params, body }) => {
    const version = await database.inWorkspace(workspaceId, (tx) =>
      messages.version(tx, params.id, body.version),
    );
    return verdict(await content.lint(sourceOf(version)));
  });
  bindRoute(app, messagesRoutes.lintMessageSource, async ({ body }) => verdict(await content.lint(body)));
  bindRoute(app, messagesRoutes.listMessageStarters, async () => ({ items: starters }));
};
