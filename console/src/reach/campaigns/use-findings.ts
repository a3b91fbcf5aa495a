import { type HomeFindings, homeRoutes } from '@mesure/contract/home';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryOf } from '#platform/api';
import { useWords } from '#words';

export type CampaignFinding = HomeFindings['items'][number];

/** What the campaigns of the list changed, in one cheap question; a finding that is worked out later is told live. */
export const useFindings = (): ReadonlyMap<string, CampaignFinding> => {
  const { i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const { data } = useQuery(queryOf(homeRoutes.listFindings, { query: { language } }));
  return useMemo(() => new Map(data?.items.map((item) => [item.campaignId, item])), [data]);
};
