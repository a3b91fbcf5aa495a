import { Button } from '@mantine/core';
import { type MessageSourceBody, messagesRoutes } from '@mesure/contract/messages';
import { IconMailForward } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { useWords } from '#words';

interface TestButtonProps {
  readonly source: MessageSourceBody;
  readonly profileId: string | undefined;
}

/** What is before one's eyes, to one's own address. */
export const TestButton = ({ source, profileId }: TestButtonProps) => {
  const { t } = useWords();
  const send = useCall(messagesRoutes.testMessageSource, {
    refreshes: [],
    onSuccess: ({ to, outcome, detail }) => tell(t(`messages.test.${outcome}`, { to, detail })),
    onError: tellError,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconMailForward size={16} aria-hidden />}
      loading={send.isPending}
      disabled={source.mjml === ''}
      onClick={() => send.mutate({ body: { source, ...(profileId ? { profileId } : {}) } })}
    >
      {t('messages.test.send')}
    </Button>
  );
};
