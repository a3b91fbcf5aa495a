import { messagesRoutes } from '@mesure/contract/messages';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { CompiledMessage } from './compiled.ts';
import type { Finding } from './finding.ts';
import type { MessageSource } from './message.ts';
import { killedProblem } from './problems.ts';
import type { RenderResult } from './rendered.ts';
import type { Content, PreviewContexts } from './room.ts';
import type { Message, MessageVersion, SavedMessage } from './service.ts';
import { starters } from './starters/starters.ts';

export interface ContentRoutesDeps {
  readonly database: Database;
  readonly content: Content;
  readonly previewContexts: PreviewContexts;
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

const presentPreview = (profileId: string, result: RenderResult | undefined) =>
  result?.ok
    ? { ok: true as const, profileId, subject: result.subject, html: result.html, text: result.text }
    : { ok: false as const, profileId, error: result?.error ?? killedProblem('crashed') };

const verdict = (findings: readonly Finding[]) => ({
  findings,
  ready: findings.every((finding) => finding.severity !== 'error'),
});

export const bindContentRoutes = (
  app: FastifyInstance,
  { database, content, previewContexts }: ContentRoutesDeps,
): void => {
  const { messages } = content;
  const compiledFor = async (
    workspaceId: string,
    request: { id: string; version: number | undefined; source: MessageSource | undefined },
  ): Promise<CompiledMessage> => {
    const source =
      request.source ??
      sourceOf(
        await database.inWorkspace(workspaceId, (tx) => messages.version(tx, request.id, request.version)),
      );
    const result = await content.compile(source);
    if (!result.ok) {
      const [first] = result.problems;
      throw appError('unprocessable', {
        message: `This message cannot be shown yet. ${first?.message[source.language] ?? ''}`,
        details: { reason: 'not_compiled', problems: result.problems },
      });
    }
    return result.compiled;
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
    const compiled = await compiledFor(workspaceId, {
      id: params.id,
      version: body.version,
      source: body.source,
    });
    const contexts = await previewContexts(workspaceId, body.profileIds);
    const known = body.profileIds.flatMap((profileId) => {
      const context = contexts.get(profileId);
      return context === undefined ? [] : [{ profileId, context }];
    });
    if (known.length === 0) {
      throw appError('not_found', { message: 'None of these profiles exists.' });
    }
    const results = await content.renderer.render(
      compiled,
      known.map(({ context }) => context),
    );
    return { items: known.map(({ profileId }, index) => presentPreview(profileId, results[index])) };
  });
  bindRoute(app, messagesRoutes.lintMessage, async ({ workspaceId, params, body }) => {
    const version = await database.inWorkspace(workspaceId, (tx) =>
      messages.version(tx, params.id, body.version),
    );
    return verdict(await content.lint(sourceOf(version)));
  });
  bindRoute(app, messagesRoutes.lintMessageSource, async ({ body }) => verdict(await content.lint(body)));
  bindRoute(app, messagesRoutes.listMessageStarters, async () => ({ items: starters }));
};
