import { campaignRoutes } from '@mesure/contract/campaigns';
import { segmentsRoutes } from '@mesure/contract/segments';
import { queryClient, queryOf } from '#platform/api';
import type { Stop } from './stops.ts';

const itemsOf = async <T>(list: Promise<{ readonly items: readonly T[] }>): Promise<readonly T[]> => {
  try {
    return (await list).items;
  } catch {
    // The place of the list says what is wrong.
    return [];
  }
};

const campaigns = () => itemsOf(queryClient.fetchQuery(queryOf(campaignRoutes.listCampaigns)));
const audiences = () => itemsOf(queryClient.fetchQuery(queryOf(segmentsRoutes.listSegments)));

/** The one in the first of these states that any is in; otherwise the first. */
const inFirstState = async (...states: readonly string[]): Promise<string | undefined> => {
  const items = await campaigns();
  const found = states.flatMap((state) => items.find((campaign) => campaign.state === state) ?? []);
  return (found[0] ?? items[0])?.id;
};

/** The address of a stop: one that exists in this shop, or the list where it will be. Null: every page. */
export const placeOfStop = async (stop: Stop): Promise<string | null> => {
  switch (stop) {
    case 'home':
      return '/';
    case 'people':
      return '/people';
    case 'audience': {
      const id = (await audiences())[0]?.id;
      return id === undefined ? '/audiences' : `/audiences/${id}`;
    }
    case 'review': {
      const id = await inFirstState('in_review', 'approved', 'draft');
      return id === undefined ? '/campaigns' : `/campaigns/${id}`;
    }
    case 'report': {
      const id = await inFirstState('finished', 'sending');
      return id === undefined ? '/campaigns' : `/campaigns/${id}/report`;
    }
    case 'brake':
      return null;
  }
};
