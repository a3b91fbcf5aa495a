import { Alert, Stack, Text } from '@mantine/core';
import type { ImportSummary } from '@mesure/contract/imports';
import { IconAlertTriangle } from '@tabler/icons-react';
import { reasonInWords } from '#platform/api';
import { currentLanguage, useWords } from '#words';

/** Why an import stopped: in the reader's language where there are words for it, else in the server's. */
export const FailureNotice = ({ failure, failureWhy }: Pick<ImportSummary, 'failure' | 'failureWhy'>) => {
  const { t } = useWords();
  if (failure === null) return null;
  const known = reasonInWords(failureWhy ?? undefined);
  const foreign = known === null && currentLanguage() !== 'en';
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('imports.detail.failure')}
    >
      <Stack gap="xs">
        {foreign ? null : <Text size="sm">{known ?? failure}</Text>}
        <Text size="sm">{t('imports.detail.failureHint')}</Text>
        {foreign ? (
          <Text size="xs" c="var(--mesure-quiet)" lang="en">
            {t('imports.detail.failureSmall', { text: failure })}
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
};
