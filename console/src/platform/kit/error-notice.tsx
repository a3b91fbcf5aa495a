import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError, errorWords } from '#platform/api';
import { useWords } from '#words';

export interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong and what to do, in the reader's language, with the request's id for whoever reads the log. */
export const ErrorNotice = ({ error, onRetry }: ErrorNoticeProps) => {
  const { t } = useWords();
  if (error === null || error === undefined) return null;
  const known = error instanceof ApiError;
  const { sentence, small } = errorWords(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('common.error.title')}>
      <Stack gap="xs">
        <Text size="sm">{sentence}</Text>
        {small === null ? null : (
          <Text size="xs" lang="en">
            {small}
          </Text>
        )}
        <Group gap="sm">
          {onRetry ? (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          ) : null}
          {known && error.requestId ? (
            <Text size="xs" ff="monospace">
              {t('common.error.requestId', { id: error.requestId })}
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
};
