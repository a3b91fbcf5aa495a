import type { Route } from '@mesure/contract';
import { ApiError, type CallAnswer, type CallOptions } from '@mesure/contract/client';
import {
  infiniteQueryOptions,
  keepPreviousData,
  type Query,
  QueryClient,
  queryOptions,
  type UseMutationOptions,
  useMutation,
} from '@tanstack/react-query';
import { call, type Given } from './client.ts';

const mayWorkLater = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'unavailable' || error.code === 'rate_limited');

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Live events say when something changed; this is for what they cannot know.
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => mayWorkLater(error) && failures < 8,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Query keys start with the route's tag and path, so that live events can say what to ask again. */
export const keyOf = (route: Route, given?: unknown): readonly unknown[] => {
  const { params, query, body } = (given ?? {}) as Readonly<Record<string, unknown>>;
  return [route.tag.toLowerCase(), route.path, params ?? {}, query ?? {}, body ?? null];
};

/** Options for `useQuery`, `prefetchQuery` and loaders, from a route of the contract. */
export const queryOf = <R extends Route>(route: R, ...given: Given<R>) =>
  queryOptions<CallAnswer<R>>({
    queryKey: keyOf(route, given[0]),
    queryFn: ({ signal }) => {
      const options = { ...given[0], signal } as CallOptions<R>;
      return call(route, ...([options] as unknown as Given<R>));
    },
  });

/** Shows the answer before while the next one is asked for: searches and filters do not flicker. */
export const keepingBefore = { placeholderData: keepPreviousData } as const;

interface Page {
  readonly next?: string | undefined;
}

interface PagesOf {
  /** Name of the query parameter that takes `next`. */
  readonly cursor: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** Options for `useInfiniteQuery` over a list that answers `{ items, next? }`. */
export const pagesOf = <R extends Route>(route: R, { cursor, params, query }: PagesOf) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(route, { params, query }), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const options = {
        params,
        query: { ...query, ...(pageParam === undefined ? {} : { [cursor]: pageParam }) },
        signal,
      } as unknown as CallOptions<R>;
      return call(route, ...([options] as unknown as Given<R>));
    },
    getNextPageParam: (last) => (last as Page).next,
  });

const askAgain = (predicate: (query: Query) => boolean): Promise<void> => {
  // A first answer that is on its way was asked for before the change, and is not asked for again by itself.
  for (const query of queryClient.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' })) {
    if (query.isActive() && query.state.data !== undefined) continue;
    const again = (): Promise<void> =>
      queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, () => undefined);
  }
  return queryClient.invalidateQueries({ predicate });
};

/** Asks again for everything under these tags of the contract (`campaigns`, `segments` …). */
export const refresh = (...tags: readonly string[]): Promise<void> =>
  askAgain(({ queryKey }) => tags.includes(String(queryKey[0])));

/** Asks again for whatever is shown. */
export const refreshAll = (): Promise<void> => askAgain(() => true);

type Variables<R extends Route> = Omit<CallOptions<R>, 'signal'>;

interface CallingOptions<R extends Route>
  extends Omit<UseMutationOptions<CallAnswer<R>, unknown, Variables<R>>, 'mutationFn'> {
  /** Tags of the contract to ask for again; the route's own when absent. */
  readonly refreshes?: readonly string[];
}

/** A mutation that calls one route; what it changed is asked for again before it counts as done. */
export const useCall = <R extends Route>(route: R, options: CallingOptions<R> = {}) => {
  const { refreshes, onSuccess, ...rest } = options;
  return useMutation<CallAnswer<R>, unknown, Variables<R>>({
    ...rest,
    mutationFn: (given) => call(route, ...([given] as unknown as Given<R>)),
    onSuccess: async (...done) => {
      await refresh(...(refreshes ?? [route.tag.toLowerCase()]));
      return onSuccess?.(...done);
    },
  });
};
