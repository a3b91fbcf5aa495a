import { campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { formatNumber } from '#platform/format';
import { useWords } from '#words';
import { stillOpen } from './tally.ts';

/** How far it is, in a sentence. */
export const ProgressAnswer = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const { data } = useQuery(queryOf(campaignRoutes.campaignProgress, { params: { id } }));
  if (!data) return '\u00a0';
  return t('campaigns.answer.sending', {
    sent: formatNumber(data.counts.accepted ?? 0),
    count: stillOpen(data),
  });
};
