import { useRouter } from '@tanstack/react-router';
import { queryClient } from '#platform/api';

/** Somebody has just signed in: nothing that was asked before counts any more, then to the page that was wanted. */
export const useEnter = () => {
  const router = useRouter();
  return async (to = '/'): Promise<void> => {
    queryClient.clear();
    await router.invalidate();
    router.history.push(to);
  };
};
