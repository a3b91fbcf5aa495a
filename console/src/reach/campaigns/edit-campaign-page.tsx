import { campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { Empty, ErrorNotice, Loading, Page } from '#platform/kit';
import { useWords } from '#words';
import { CampaignLink } from './campaign-link.tsx';
import { Wizard } from './wizard.tsx';

const route = getRouteApi('/inside/campaigns/$id/edit');
const editable: readonly string[] = ['draft', 'in_review', 'approved', 'scheduled'];

export const EditCampaignPage = () => {
  const { t } = useWords();
  const { id } = route.useParams();
  const campaign = useQuery(queryOf(campaignRoutes.getCampaign, { params: { id } }));
  if (!campaign.data)
    return (
      <Page title={t('campaigns.edit.title')}>
        {campaign.error ? (
          <ErrorNotice error={campaign.error} onRetry={() => void campaign.refetch()} />
        ) : (
          <Loading lines={8} height={36} />
        )}
      </Page>
    );
  if (!editable.includes(campaign.data.state))
    return (
      <Page title={campaign.data.name}>
        <Empty
          title={t('campaigns.edit.tooLate')}
          hint={t('campaigns.edit.tooLateHint')}
          action={<CampaignLink id={id}>{t('campaigns.edit.look')}</CampaignLink>}
        />
      </Page>
    );
  return <Wizard key={id} campaign={campaign.data} />;
};
