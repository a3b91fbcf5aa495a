import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { auditRoutes } from '@mesure/contract/audit';
import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { CopyText, ErrorNotice, StateBadge } from '#platform/kit';
import { useWords } from '#words';

/** Recomputing the whole chain reads every entry: it is done when asked, and its answer is not kept. */
export const ChainVerdict = () => {
  const { t } = useWords();
  const { data, error, isFetching, refetch } = useQuery({
    ...queryOf(auditRoutes.verifyAudit),
    enabled: false,
    gcTime: 0,
  });
  return (
    <Stack gap="sm" aria-live="polite">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconLink size={18} aria-hidden />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {t('audit.verify.action')}
        </Button>
        {isFetching ? <Text size="sm">{t('audit.verify.running')}</Text> : null}
        {data?.intact && !isFetching ? (
          <StateBadge tone="good">{t('audit.verify.intact', { count: data.entries })}</StateBadge>
        ) : null}
      </Group>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data?.intact && data.entries > 0 ? (
        <Stack gap={4}>
          <Text size="xs" c="var(--mesure-quiet)">
            {t('audit.verify.lastHash')}
          </Text>
          <CopyText value={`${String(data.entries)} ${data.lastHash}`} />
        </Stack>
      ) : null}
      {data && !data.intact ? (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('audit.verify.broken', { at: data.firstBad })}
        >
          <Text size="sm">{t(`audit.verify.${data.reason}`)}</Text>
          <Text size="sm">{t('audit.verify.todo')}</Text>
        </Alert>
      ) : null}
    </Stack>
  );
};
