import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { keyOf, queryClient, refresh } from '#platform/api';

/** What an act answered is shown at once; reviews and lists, which take longer, follow. */
export const arrived = (campaign: CampaignBody): void => {
  queryClient.setQueryData<CampaignBody>(
    keyOf(campaignRoutes.getCampaign, { params: { id: campaign.id } }),
    (before) => before && { ...before, ...campaign },
  );
  void refresh('campaigns', 'sends', 'reports', 'home');
};
