import { Button, Menu } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { IconMailForward } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { useWords } from '#words';

/** One variant to one's own address, marked [test]; it counts nowhere. */
export const TestSend = ({ campaign }: { readonly campaign: CampaignBody }) => {
  const { t } = useWords();
  const test = useCall(campaignRoutes.testCampaign, {
    refreshes: ['catcher'],
    onSuccess: ({ to, outcome, detail }) =>
      tell(
        outcome === 'accepted'
          ? t('campaigns.test.sent', { to })
          : t('campaigns.test.failed', { to, detail }),
      ),
    onError: tellError,
  });
  const send = (variant: string): void => test.mutate({ params: { id: campaign.id }, body: { variant } });
  const [first, ...more] = campaign.variants;
  if (!first) return null;
  const looks = { variant: 'default', leftSection: <IconMailForward size={16} aria-hidden /> } as const;
  if (more.length === 0)
    return (
      <Button {...looks} loading={test.isPending} onClick={() => send(first.key)}>
        {t('campaigns.test.button')}
      </Button>
    );
  return (
    <Menu>
      <Menu.Target>
        <Button {...looks} loading={test.isPending}>
          {t('campaigns.test.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {campaign.variants.map(({ key }) => (
          <Menu.Item key={key} onClick={() => send(key)}>
            {t('campaigns.variant', { variant: key })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
