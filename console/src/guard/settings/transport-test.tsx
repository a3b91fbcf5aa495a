import { Alert, Button, Code, Group, Select, Stack, Text } from '@mantine/core';
import { senderRoutes } from '@mesure/contract/sender';
import { IconCircleCheck, IconCircleX, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '#platform/api';
import { ErrorNotice, Panel } from '#platform/kit';
import { currentLanguage, useWords } from '#words';
import type { Identity } from './entity-values.ts';

interface TransportTestProps {
  readonly identities: readonly Identity[];
  readonly locked: string | undefined;
}

/** Connects, signs in and, if asked, sends one message to the sender's own address; the server's answer word by word. */
export const TransportTest = ({ identities, locked }: TransportTestProps) => {
  const { t } = useWords();
  const [sendAs, setSendAs] = useState('');
  const test = useCall(senderRoutes.testTransport, { refreshes: ['catcher'] });
  const answer = test.data;
  const address = identities.find(({ entityId }) => entityId === sendAs)?.fromAddress ?? '';
  return (
    <Panel title={t('settings.delivery.test')} hint={t('settings.delivery.testHint')}>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('settings.delivery.testTo')}
          data={[
            { value: '', label: t('settings.delivery.testNobody') },
            ...identities.map(({ entityId, fromAddress }) => ({ value: entityId, label: fromAddress })),
          ]}
          value={sendAs}
          onChange={(value) => setSendAs(value ?? '')}
          allowDeselect={false}
          disabled={locked !== undefined}
          w={380}
          maw="100%"
        />
        <Button
          leftSection={<IconPlugConnected size={18} aria-hidden />}
          variant="default"
          loading={test.isPending}
          disabled={locked !== undefined}
          title={locked}
          onClick={() => test.mutate({ body: sendAs === '' ? {} : { sendAs } })}
        >
          {sendAs === '' ? t('settings.delivery.testGo') : t('settings.delivery.testSend')}
        </Button>
      </Group>
      <div aria-live="polite">
        {answer?.ok === true ? (
          <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title={t('settings.delivery.works')}>
            {answer.sent
              ? t('settings.delivery.worksSent', { address })
              : t('settings.delivery.worksNotSent')}
          </Alert>
        ) : null}
        {answer?.ok === false ? (
          <Alert color="red" icon={<IconCircleX aria-hidden />} title={t('settings.delivery.fails')}>
            <Stack gap="xs">
              <Text size="sm">{answer.message[currentLanguage()]}</Text>
              <Text size="xs">{t('settings.delivery.answer')}</Text>
              <Code block style={{ whiteSpace: 'pre-wrap' }}>
                {answer.detail}
              </Code>
            </Stack>
          </Alert>
        ) : null}
      </div>
      <ErrorNotice error={test.error} />
    </Panel>
  );
};
