import { Alert, Group, Text } from '@mantine/core';
import { type ListedProfile, type ProfileSort, profilesRoutes } from '@mesure/contract/profiles';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { keepingBefore, pagesOf, queryOf } from '#platform/api';
import { formatDate, formatNumber } from '#platform/format';
import { type Column, DataList, Empty, Page, PlaceLink, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { AnchorLink } from './anchor-link.tsx';
import { nameOf } from './name.ts';
import { countryName, languageName } from './place-names.ts';
import { peopleRoute } from './routes.ts';
import { Stored } from './stored.tsx';

const asked: Readonly<Record<string, ProfileSort>> = {
  name: 'name',
  '-name': 'name_desc',
  since: 'oldest',
  '-since': 'newest',
};

const useColumns = (): readonly Column<ListedProfile>[] => {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('people.column.name'),
        width: 'minmax(10rem, 2fr)',
        cell: (person) => (
          <Group gap="xs" wrap="nowrap">
            <AnchorLink
              to="/people/$id"
              params={{ id: person.id }}
              tabIndex={-1}
              c="var(--mantine-color-text)"
              fw={500}
              size="sm"
              truncate
            >
              <Stored>{nameOf(person) ?? t('people.nameless')}</Stored>
            </AnchorLink>
            {person.simulated ? <StateBadge tone="neutral">{t('common.simulated')}</StateBadge> : null}
          </Group>
        ),
      },
      {
        key: 'email',
        title: t('people.column.email'),
        width: 'minmax(10rem, 2fr)',
        from: 'sm',
        tuck: true,
        cell: ({ email }) => <Stored>{email ?? ''}</Stored>,
      },
      {
        key: 'place',
        title: t('people.column.place'),
        width: 'minmax(8rem, 1.2fr)',
        from: 'md',
        cell: ({ city, country }) => (
          <Stored>{[city, country && countryName(country)].filter(Boolean).join(', ')}</Stored>
        ),
      },
      {
        key: 'language',
        title: t('people.column.language'),
        width: '7rem',
        from: 'lg',
        cell: ({ language }) => (language ? languageName(language) : ''),
      },
      {
        key: 'since',
        title: t('people.column.since'),
        width: '8rem',
        from: 'md',
        cell: ({ createdAt }) => (createdAt ? formatDate(createdAt) : ''),
      },
    ],
    [t],
  );
};

/** Who we know: found as one types, over however many there are. */
export const PeoplePage = () => {
  const { t } = useWords();
  const navigate = useNavigate({ from: peopleRoute.fullPath });
  const { q = '', sort } = peopleRoute.useSearch();
  const columns = useColumns();
  const search = q.trim();
  const sorting = sort === undefined ? undefined : asked[sort];
  const total = useQuery(queryOf(profilesRoutes.countProfiles));
  const people = useInfiniteQuery({
    ...pagesOf(profilesRoutes.listProfiles, {
      cursor: 'after',
      query: { ...(search === '' ? {} : { search }), ...(sorting === undefined ? {} : { sort: sorting }) },
    }),
    ...keepingBefore,
  });
  const rows = useMemo(() => people.data?.pages.flatMap(({ items }) => items), [people.data]);
  const given = people.data?.pages[0]?.sort;
  const tooMany = search !== '' && sorting !== undefined && given === 'best' && !people.isPlaceholderData;
  const onSearch = useCallback(
    (text: string) =>
      void navigate({
        search: (before) => ({ ...before, q: text === '' ? undefined : text }),
        replace: true,
      }),
    [navigate],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = people;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Page
      wide
      title={t('people.title')}
      answer={total.data ? t('people.answer', { count: total.data.total }) : <>&nbsp;</>}
    >
      {tooMany ? <Alert color="gray">{t('people.tooManyToSort')}</Alert> : null}
      <DataList
        label={t('people.title')}
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/people/$id', params: { id } })}
        search={q}
        onSearch={onSearch}
        searchLabel={t('people.search')}
        sort={sort}
        onSort={(next) =>
          void navigate({ search: (before) => ({ ...before, sort: next as typeof sort }), replace: true })
        }
        sorts={['name', 'since']}
        hasMore={hasNextPage}
        loadMore={loadMore}
        loadingMore={isFetchingNextPage}
        error={people.error}
        onRetry={() => void people.refetch()}
        {...(total.data ? { total: total.data.total } : {})}
        onClearFilters={() => onSearch('')}
        empty={
          <Empty
            title={t('people.empty.title')}
            hint={t('people.empty.hint')}
            action={<PlaceLink to="/imports/new">{t('people.empty.action')}</PlaceLink>}
          />
        }
      />
      {search !== '' && rows !== undefined ? (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.searchHint', { most: formatNumber(200) })}
        </Text>
      ) : null}
    </Page>
  );
};
