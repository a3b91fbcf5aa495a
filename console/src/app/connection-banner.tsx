import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { connection, queryClient, useStore } from '#platform/api';
import { tell } from '#platform/feedback';
import { useWords } from '#words';

/** A lost connection says so, and goes away by itself. */
export const ConnectionBanner = () => {
  const { t } = useWords();
  const state = useStore(connection);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'lost' && state === 'fine') {
      tell(t('shell.found'));
      void queryClient.invalidateQueries();
    }
    before.current = state;
  }, [state, t]);
  if (state === 'fine') return null;
  return (
    <Alert color="yellow" role="status" mb="md" icon={<IconPlugConnectedX aria-hidden />}>
      {t('shell.lost')}
    </Alert>
  );
};
