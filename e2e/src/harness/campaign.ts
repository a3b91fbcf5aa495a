import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import type { Client } from '@mesure/contract/client';
import { messagesRoutes } from '@mesure/contract/messages';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';
import { type SendItem, sendRoutes } from '@mesure/contract/sends';
import type { Team } from './team.ts';
import { until } from './until.ts';

export interface Material {
  readonly segmentId: string;
  readonly messageId: string;
}

export const everybody: Rule = { kind: 'all', rules: [] };

/** A segment and a message from one of the product's own starters. */
export const prepareMaterial = async (
  marketer: Client,
  { name, rule, starter }: { readonly name: string; readonly rule: Rule; readonly starter: string },
): Promise<Material> => {
  const segment = await marketer.call(segmentsRoutes.createSegment, { body: { name, rule } });
  const { items } = await marketer.call(messagesRoutes.listMessageStarters);
  const found = items.find(({ key }) => key === starter);
  if (!found) throw new Error(`No starter ${starter} among ${items.map(({ key }) => key).join(', ')}`);
  const { key: _key, ...source } = found;
  const { message } = await marketer.call(messagesRoutes.createMessage, { body: { ...source, name } });
  return { segmentId: segment.id, messageId: message.id };
};

export const draftCampaign = (
  marketer: Client,
  material: Material,
  change: { readonly name: string; readonly holdoutShare?: number; readonly productCount?: number },
): Promise<CampaignBody> =>
  marketer.call(campaignRoutes.createCampaign, {
    body: {
      segmentId: material.segmentId,
      variants: [{ key: 'A', messageId: material.messageId, weight: 1 }],
      holdoutShare: 0,
      ...change,
    },
  });

/** Submitted by the one, looked at and approved by the other. */
export const approve = async ({ marketer, approver }: Team, id: string): Promise<CampaignBody> => {
  const params = { id };
  const { version } = await marketer.call(campaignRoutes.getCampaign, { params });
  const submitted = await marketer.call(campaignRoutes.submitCampaign, { params, body: { version } });
  const { fingerprint } = await approver.call(campaignRoutes.reviewCampaign, { params });
  return approver.call(campaignRoutes.approveCampaign, {
    params,
    body: { version: submitted.version, fingerprint },
  });
};

export const start = async ({ marketer }: Team, { id, version }: CampaignBody): Promise<void> => {
  await marketer.call(campaignRoutes.startCampaign, { params: { id }, body: { version } });
};

export const startNew = async (team: Team, material: Material, name: string): Promise<string> => {
  const draft = await draftCampaign(team.marketer, material, { name });
  await start(team, await approve(team, draft.id));
  return draft.id;
};

export const progressOf = (client: Client, id: string) =>
  client.call(campaignRoutes.campaignProgress, { params: { id } });
export type Progress = Awaited<ReturnType<typeof progressOf>>;

/** Recovery without anybody's help has to be over within a minute; so has a campaign of some hundred people. */
export const untilFinished = (client: Client, id: string): Promise<Progress> =>
  until(
    `campaign ${id} is finished`,
    async () => {
      const progress = await progressOf(client, id);
      return progress.state === 'finished' ? progress : undefined;
    },
    { withinMs: 90_000 },
  );

/** Every row of the ledger of one campaign. */
export const sendsOf = async (client: Client, id: string): Promise<readonly SendItem[]> => {
  const sends: SendItem[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.call(sendRoutes.listCampaignSends, {
      params: { id },
      query: { limit: 500, ...(cursor && { cursor }) },
    });
    sends.push(...page.items);
    cursor = page.next;
    if (cursor === undefined) return sends;
  }
};
