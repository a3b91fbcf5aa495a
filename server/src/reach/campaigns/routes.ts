import { type CampaignBody, type CampaignReview, campaignRoutes } from '@mesure/contract/campaigns';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { CampaignDefinition } from './campaign.ts';
import type { Review } from './read.ts';
import type { BlastRadius, CampaignNow, Campaigns } from './service.ts';

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

const present = ({ campaign, approval, trouble }: CampaignNow): CampaignBody => ({
  id: campaign.id,
  name: campaign.name,
  segmentId: campaign.segmentId,
  topic: campaign.topic,
  entityId: campaign.entityId,
  variants: campaign.variants.map((variant) => ({ ...variant })),
  holdoutShare: campaign.holdoutShare,
  productCount: campaign.productCount,
  onPressure: campaign.onPressure,
  startAt: iso(campaign.startAt),
  state: campaign.state,
  version: campaign.version,
  author: campaign.author,
  lastEditor: campaign.lastEditor,
  createdAt: campaign.createdAt.toISOString(),
  updatedAt: campaign.updatedAt.toISOString(),
  startedAt: iso(campaign.startedAt),
  finishedAt: iso(campaign.finishedAt),
  approval: approval && {
    by: approval.review.by,
    at: approval.review.at.toISOString(),
    version: approval.review.version,
    valid: approval.valid,
    changed: [...approval.changed],
  },
  trouble: trouble && { code: trouble.code, detail: trouble.detail },
});

const presentHistory = ({ id, version, verdict, comment, by, at }: Review) => ({
  id,
  version,
  verdict,
  comment,
  by,
  at: at.toISOString(),
});

const presentReview = (radius: BlastRadius): CampaignReview => ({
  ...radius,
  audienceInWords: { ...radius.audienceInWords },
  removed: radius.removed.map((row) => ({ ...row })),
  held: radius.held.map((row) => ({ ...row })),
  perVariant: radius.perVariant.map((row) => ({ ...row })),
  findings: radius.findings.map((finding) => ({ ...finding })),
  previews: radius.previews.map(({ profileId, variant, picked, result }) => ({
    profileId,
    variant,
    picked,
    result: result.ok
      ? { ok: true, subject: result.subject, html: result.html, text: result.text }
      : { ok: false, error: result.error },
  })),
});

const startAtOf = (startAt: string | null): Date | null => (startAt === null ? null : new Date(startAt));

export const bindCampaignRoutes = (app: FastifyInstance, campaigns: Campaigns): void => {
  bindRoute(app, campaignRoutes.listCampaigns, async ({ query, workspaceId }) => {
    const { state, cursor, limit } = query;
    const found = await campaigns.list(workspaceId, { state, before: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1)?.campaign.id;
    return { items: items.map(present), ...(found.length > limit && last ? { next: last } : {}) };
  });
  bindRoute(app, campaignRoutes.createCampaign, async ({ body, actor, workspaceId }) =>
    present(await campaigns.create(workspaceId, { ...body, startAt: startAtOf(body.startAt) }, actor)),
  );
  bindRoute(app, campaignRoutes.getCampaign, async ({ params, workspaceId }) => {
    const { history, ...now } = await campaigns.get(workspaceId, params.id);
    return { ...present(now), history: history.map(presentHistory) };
  });
  bindRoute(app, campaignRoutes.updateCampaign, async ({ params, body, actor, workspaceId }) => {
    const { version, startAt, ...rest } = body;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const change: Partial<CampaignDefinition> = {
      ...given,
      ...(startAt === undefined ? {} : { startAt: startAtOf(startAt) }),
    };
    return present(await campaigns.update(workspaceId, params.id, { change, version, actor }));
  });
  bindRoute(app, campaignRoutes.duplicateCampaign, async ({ params, body, actor, workspaceId }) =>
    present(await campaigns.duplicate(workspaceId, params.id, { name: body.name, actor })),
  );
  bindRoute(app, campaignRoutes.reviewCampaign, async ({ params, workspaceId }) =>
    presentReview(await campaigns.review(workspaceId, params.id)),
  );
  bindRoute(app, campaignRoutes.submitCampaign, async ({ params, body, actor, workspaceId }) =>
    present(await campaigns.submit(workspaceId, params.id, { ...body, actor })),
  );
  bindRoute(app, campaignRoutes.requestCampaignChanges, async ({ params, body, actor, workspaceId }) =>
    present(await campaigns.requestChanges(workspaceId, params.id, { ...body, actor })),
  );
  bindRoute(app, campaignRoutes.approveCampaign, async ({ params, body, actor, workspaceId }) =>
    present(await campaigns.approve(workspaceId, params.id, { ...body, actor })),
  );
  bindRoute(app, campaignRoutes.startCampaign, async ({ params, body, actor, workspaceId }) =>
    present(await campaigns.start(workspaceId, params.id, { ...body, actor })),
  );
  bindRoute(app, campaignRoutes.pauseCampaign, async ({ params, actor, workspaceId }) =>
    present(await campaigns.pause(workspaceId, params.id, actor)),
  );
  bindRoute(app, campaignRoutes.resumeCampaign, async ({ params, actor, workspaceId }) =>
    present(await campaigns.resume(workspaceId, params.id, actor)),
  );
  bindRoute(app, campaignRoutes.stopCampaign, async ({ params, actor, workspaceId }) =>
    present(await campaigns.stop(workspaceId, params.id, actor)),
  );
  bindRoute(app, campaignRoutes.testCampaign, ({ params, body, actor, workspaceId }) =>
    campaigns.testSend(workspaceId, params.id, { ...body, actor }),
  );
  bindRoute(app, campaignRoutes.campaignProgress, async ({ params, workspaceId }) => {
    const { trouble, ...progress } = await campaigns.progress(workspaceId, params.id);
    return { ...progress, trouble: trouble && { code: trouble.code, detail: trouble.detail } };
  });
};
