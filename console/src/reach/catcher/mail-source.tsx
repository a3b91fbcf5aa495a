import { Button, Stack } from '@mantine/core';
import { catcherRoutes } from '@mesure/contract/catcher';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, saveFile } from '#platform/kit';
import { useWords } from '#words';
import classes from './catcher.module.css';

/** The message as it arrived, byte by byte, as text. */
export const MailSource = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const { data, error, refetch } = useQuery({
    ...queryOf(catcherRoutes.readCaughtMailSource, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading lines={12} />;
  return (
    <Stack gap="sm" align="flex-start">
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => saveFile(`${id}.eml`, new Blob([data], { type: 'message/rfc822' }))}
      >
        {t('catcher.download')}
      </Button>
      <pre className={classes.plain} tabIndex={0}>
        {data}
      </pre>
    </Stack>
  );
};
