import { Button, Code, Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiError } from '#platform/api';
import { Empty, ErrorNotice } from '#platform/kit';
import { PartGone } from '#platform/update';
import { useWords } from '#words';
import { NotFound } from './not-found.tsx';
import { PageGone } from './page-gone.tsx';

/** A page that could not be shown: nothing there, no answer, or our own fault. The rest of the console stays. */
export const Crashed = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useWords();
  if (error instanceof ApiError && error.code === 'not_found') return <NotFound />;
  if (error instanceof PartGone) return <PageGone />;
  if (error instanceof ApiError) return <ErrorNotice error={error} onRetry={reset} />;
  return (
    <Empty
      title={t('common.error.crashed')}
      hint={
        <Stack gap="sm">
          {t('common.error.crashedHint')}
          <Code block>{error instanceof Error ? error.message : String(error)}</Code>
        </Stack>
      }
      action={<Button onClick={() => window.location.reload()}>{t('common.error.reload')}</Button>}
    />
  );
};
