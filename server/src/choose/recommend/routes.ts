import { recommendRoutes } from '@mesure/contract/recommend';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database, Tx } from '#platform/postgres';
import type { RecommendModel } from './model.ts';
import type { CatalogPort } from './ports.ts';
import type { Recommend } from './service.ts';
import { delayInWords, reasonInWords } from './words.ts';

export interface RecommendRoutesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly recommend: Recommend;
  readonly products: CatalogPort;
  readonly profiles: {
    readonly byIds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>;
  };
  readonly settings: { readonly get: (tx: Tx) => Promise<{ readonly timeZone: string }> };
}

const presentModel = (model: RecommendModel) => ({ ...model, refreshedAt: model.refreshedAt.toISOString() });

export const bindRecommendRoutes = (app: FastifyInstance, deps: RecommendRoutesDeps): void => {
  const { database, recommend } = deps;

  bindRoute(app, recommendRoutes.listRecommendations, async ({ workspaceId, params, query }) => {
    const known = await database.inWorkspace(workspaceId, (tx) => deps.profiles.byIds(tx, [params.id]));
    if (!known.has(params.id)) throw appError('not_found', { message: 'There is no profile under this id.' });
    const now = deps.clock.now();
    const ranked =
      (await recommend.forProfiles(workspaceId, [params.id], { count: query.count, now })).get(params.id) ??
      [];
    return database.inWorkspace(workspaceId, async (tx) => {
      const { timeZone } = await deps.settings.get(tx);
      const products = await deps.products.bySku(
        tx,
        ranked.map((item) => item.sku),
      );
      return {
        items: ranked.map((item) => ({
          sku: item.sku,
          score: item.score,
          reason: item.reason,
          basis: item.basis,
          name: products.get(item.sku)?.name ?? item.sku,
          category: products.get(item.sku)?.category ?? '',
          words: reasonInWords(item, { language: query.language, timeZone }),
        })),
      };
    });
  });

  bindRoute(app, recommendRoutes.listRebuyDelays, ({ workspaceId, query }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const model = await recommend.model(tx);
      const items = (await recommend.delays(tx)).map((delay) => ({
        category: delay.category,
        days: delay.days,
        basis: delay.basis,
        gaps: delay.gaps,
        words: delayInWords(delay, query.language),
      }));
      return { model: model && presentModel(model), items };
    }),
  );

  bindRoute(app, recommendRoutes.refreshRecommendations, async ({ workspaceId }) =>
    presentModel(await recommend.refresh(workspaceId)),
  );
};
