import { type InfiniteData, type UseInfiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

interface PageOfItems {
  readonly items: readonly unknown[];
}

type ItemOf<P extends PageOfItems> = P['items'][number];

/** What a list (`DataList`) needs to show rows that come in pages. */
export interface ListedRows<T> {
  readonly rows: readonly T[] | undefined;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly loadingMore: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

export interface Pages<P extends PageOfItems> {
  readonly list: ListedRows<ItemOf<P>>;
  /** Says what is true of the whole: a total, the order given. */
  readonly first: P | undefined;
  /** Still the answer to what was asked before. */
  readonly isBefore: boolean;
}

type PagesOptions<P> = UseInfiniteQueryOptions<P, Error, InfiniteData<P>, unknown[], string | undefined>;

/** Asks for an answer that comes in pages (`pagesOf`), one after the other. */
export const usePages = <P extends PageOfItems>(options: PagesOptions<P>): Pages<P> => {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(options);
  const rows = useMemo(() => data?.pages.flatMap(({ items }): readonly ItemOf<P>[] => items), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    list: {
      rows,
      hasMore: hasNextPage,
      loadMore,
      loadingMore: isFetchingNextPage,
      error,
      onRetry: () => void refetch(),
    },
    first: data?.pages[0],
    isBefore: isPlaceholderData,
  };
};
