import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { IconPlayerStop } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { arrived } from './arrived.ts';

interface StopButtonProps {
  readonly campaign: CampaignBody;
  /** Sends that have not left yet: they are cancelled. */
  readonly open: number;
}

/** For good: it says what is lost before. */
export const StopButton = ({ campaign, open }: StopButtonProps) => {
  const { t } = useWords();
  const [opened, dialog] = useDisclosure(false);
  const stop = useCall(campaignRoutes.stopCampaign, {
    refreshes: [],
    onSuccess: (stopped) => {
      arrived(stopped);
      dialog.close();
      tell(t('campaigns.stop.done'));
    },
  });
  const begun = campaign.startedAt !== null;
  const words = begun ? t('campaigns.stop.button', { count: open }) : t('campaigns.stop.discard');
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        onClick={dialog.open}
        aria-haspopup="dialog"
      >
        {begun ? t('campaigns.stop.short') : t('campaigns.stop.discard')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={t('campaigns.stop.title')}>
        <Stack gap="md">
          <Text size="sm">
            {begun ? t('campaigns.stop.text', { count: open }) : t('campaigns.stop.discardText')}
          </Text>
          <ErrorNotice error={stop.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button
              color="red"
              loading={stop.isPending}
              onClick={() => stop.mutate({ params: { id: campaign.id } })}
            >
              {words}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
