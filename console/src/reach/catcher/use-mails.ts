import { catcherRoutes } from '@mesure/contract/catcher';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keepingBefore, pagesOf } from '#platform/api';

/** The newest first; the pages already loaded stay between the list and a message. */
export const useMails = (search: string | undefined) => {
  const list = useInfiniteQuery({
    ...pagesOf(catcherRoutes.listCaughtMails, {
      cursor: 'before',
      query: { limit: 200, ...(search ? { search } : {}) },
    }),
    ...keepingBefore,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  return { list, rows, total: list.data?.pages[0]?.total };
};
