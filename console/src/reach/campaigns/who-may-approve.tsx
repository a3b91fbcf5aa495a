import { accessRoutes } from '@mesure/contract/access';
import type { CampaignBody } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { formatList } from '#platform/format';
import { useWords } from '#words';

/** Colleagues with the role, without those whose work it is. */
export const useApprovers = (
  campaign: Pick<CampaignBody, 'author' | 'lastEditor'>,
): readonly string[] | undefined =>
  useQuery(queryOf(accessRoutes.listTeam)).data?.items.flatMap(({ accountId, name, roles, disabled }) =>
    !disabled &&
    roles.some((role) => role === 'approver' || role === 'admin') &&
    accountId !== campaign.author.id &&
    accountId !== campaign.lastEditor.id
      ? [name]
      : [],
  );

export const WhoMayApprove = ({ campaign }: { readonly campaign: CampaignBody }) => {
  const { t } = useWords();
  const names = useApprovers(campaign);
  if (names === undefined) return '\u00a0';
  return names.length > 0
    ? t('campaigns.approve.who', { count: names.length, names: formatList(names) })
    : t('campaigns.approve.nobody');
};
