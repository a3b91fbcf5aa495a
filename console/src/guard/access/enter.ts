import { useRouter } from '@tanstack/react-router';
import { ApiError, queryClient } from '#platform/api';
import { sessionQuery } from '#platform/session';
import { useWords } from '#words';

/** Somebody has just signed in: nothing that was asked before counts any more, then to the page that was wanted. */
export const useEnter = () => {
  const router = useRouter();
  const { t } = useWords();
  return async (to = '/'): Promise<void> => {
    queryClient.clear();
    await queryClient.fetchQuery(sessionQuery).catch((error: unknown) => {
      // The session's cookie is for https: some browsers do not keep it even where the page may seem safe.
      if (error instanceof ApiError && error.code === 'unauthenticated')
        throw new Error(t('access.httpsOnly'));
    });
    await router.invalidate();
    router.history.push(to);
  };
};
