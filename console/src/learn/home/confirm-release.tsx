import { Button, Stack } from '@mantine/core';
import { brakeRoutes } from '@mesure/contract/brake';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';

/** The second person releases the brake; its reason is beside the button. */
export const ConfirmRelease = ({ campaign }: { readonly campaign: string }) => {
  const { t } = useWords();
  const confirm = useCall(brakeRoutes.confirmBrakeRelease, {
    refreshes: ['brake', 'home', 'campaigns'],
    onSuccess: () => tell(t('brake.nowReleased')),
  });
  return (
    <Stack gap="xs">
      <Button
        size="compact-md"
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={confirm.isPending}
        onClick={() =>
          confirm.mutate({
            body: campaign === 'global' ? { scope: 'global' } : { scope: 'campaign', scopeId: campaign },
          })
        }
      >
        {t('home.waiting.go.confirm_release')}
      </Button>
      <ErrorNotice error={confirm.error} />
    </Stack>
  );
};
