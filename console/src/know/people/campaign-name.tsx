import { campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { Stored } from './stored.tsx';

/** What a campaign is called; nothing while that is not known. */
export const CampaignName = ({ id }: { readonly id: string }) => {
  const campaign = useQuery({
    ...queryOf(campaignRoutes.getCampaign, { params: { id } }),
    staleTime: 300_000,
  });
  return campaign.data ? <Stored>{campaign.data.name}</Stored> : null;
};
