import { Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { ButtonLink } from './links.tsx';

export const NewCampaignButton = () => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  if (may)
    return (
      <ButtonLink to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
        {t('campaigns.list.new')}
      </ButtonLink>
    );
  return (
    <Tooltip label={t('campaigns.needsMarketer')}>
      <Button data-disabled aria-disabled leftSection={<IconPlus size={16} aria-hidden />}>
        {t('campaigns.list.new')}
      </Button>
    </Tooltip>
  );
};
