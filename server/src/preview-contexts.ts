import type { Clock } from '#platform/clock';
import { ZERO_UUID } from '#platform/ids';
import type { Database } from '#platform/postgres';
import { buildContext, type PreviewContexts, type RenderContext } from '#reach/content';
import { createLinks } from '#reach/pages';
import type { App } from './app.ts';

const shownProducts = 3;

/** What a message would say to real people, before it belongs to a campaign: their own data, links that do nothing. */
export const previewContextsOf =
  (app: App, { database, clock }: { readonly database: Database; readonly clock: Clock }): PreviewContexts =>
  async (workspaceId, profileIds, messageLanguage) => {
    const ranked = await app.recommend.forProfiles(workspaceId, profileIds, {
      count: shownProducts,
      now: clock.now(),
    });
    return database.inWorkspace(workspaceId, async (tx) => {
      const profiles = await app.profiles.byIds(tx, profileIds);
      const skus = new Set([...ranked.values()].flat().map(({ sku }) => sku));
      const catalog = await app.products.bySku(tx, [...skus]);
      const { publicUrl, language, name } = await app.settings.get(tx);
      const entity = await app.consents.entities.default(tx);
      const links = createLinks({ tokens: app.tokens, publicUrl: publicUrl ?? 'https://shop.example' });
      const target = {
        workspaceId,
        entityId: entity?.id ?? ZERO_UUID,
        profileId: null,
        campaignId: ZERO_UUID,
        variant: '',
        sendId: null,
      };
      const contexts = new Map<string, RenderContext>();
      for (const [id, profile] of profiles) {
        const products = (ranked.get(id) ?? []).flatMap(({ sku, reason }) => {
          const product = catalog.get(sku);
          return product ? [{ ...product, reason }] : [];
        });
        contexts.set(
          id,
          buildContext({
            language: messageLanguage ?? profile.language ?? language,
            profile,
            products,
            links: {
              unsubscribe: links.unsubscribe(target),
              preferences: links.preferences(target),
              why: links.why(target),
            },
            sender: { name: entity?.name ?? name, address: entity?.address ?? '' },
            campaignName: name,
          }),
        );
      }
      return contexts;
    });
  };
