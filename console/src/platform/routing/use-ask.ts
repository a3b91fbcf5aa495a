import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Changes some of what the address asks for (search, order, filters), on the spot: a list keeps its state there. */
export const useAsk = <Asked extends object>(): ((changed: Partial<Asked>) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (changed) =>
      void navigate({
        to: '.',
        search: ((before: Asked) => ({ ...before, ...changed })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
};
