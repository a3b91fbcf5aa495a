import { catcherRoutes } from '@mesure/contract/catcher';
import { keepingBefore, pagesOf, usePages } from '#platform/api';

/** The newest first; the pages already loaded stay between the list and a message. */
export const useMails = (search: string | undefined) =>
  usePages({
    ...pagesOf(catcherRoutes.listCaughtMails, {
      cursor: 'before',
      query: { limit: 200, ...(search ? { search } : {}) },
    }),
    ...keepingBefore,
  });
