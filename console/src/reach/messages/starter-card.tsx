import { Button, Paper, Stack, Text, Title, Tooltip } from '@mantine/core';
import type { MessageSourceBody } from '@mesure/contract/messages';
import { messagesRoutes } from '@mesure/contract/messages';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, MailFrame } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';

interface StarterCardProps {
  readonly name: string;
  readonly source: MessageSourceBody;
  readonly starting: boolean;
  readonly onStart: () => void;
}

const shownHeight = 300;

/** One template as it looks, to somebody who does not exist. */
export const StarterCard = ({ name, source, starting, onStart }: StarterCardProps) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const preview = useQuery({
    ...queryOf(messagesRoutes.previewMessageSource, { body: { source, profileIds: [] } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = preview.data?.items[0];
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {name}
        </Title>
        <Text size="sm" c="var(--mesure-quiet)" truncate>
          {shown?.ok ? shown.subject : '\u00A0'}
        </Text>
        {preview.error ? <ErrorNotice error={preview.error} /> : null}
        {preview.isPending ? <Loading lines={1} height={shownHeight} /> : null}
        {shown?.ok ? (
          <MailFrame
            html={shown.html}
            title={t('messages.new.preview', { name })}
            width={640}
            height={shownHeight}
            still
          />
        ) : null}
        <Tooltip label={t('messages.mayNot')} disabled={may}>
          <Button
            variant="default"
            onClick={onStart}
            loading={starting}
            aria-label={t('messages.new.start', { name })}
            {...(may ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          >
            {t('messages.new.this')}
          </Button>
        </Tooltip>
      </Stack>
    </Paper>
  );
};
