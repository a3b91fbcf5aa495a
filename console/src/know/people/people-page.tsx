import { Alert, Group, Text } from '@mantine/core';
import { type ListedProfile, type ProfileSort, profilesRoutes } from '@mesure/contract/profiles';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { keepingBefore, pagesOf, queryOf, usePages } from '#platform/api';
import { formatDate, formatNumber } from '#platform/format';
import { type Column, DataList, Empty, Page, PlaceLink, StateBadge } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import { AnchorLink } from './anchor-link.tsx';
import { nameOf } from './name.ts';
import { countryName, languageName } from './place-names.ts';
import { peopleRoute } from './routes.ts';
import { Stored } from './stored.tsx';

const serverSort: Readonly<Record<string, ProfileSort>> = {
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
  const asked = peopleRoute.useSearch();
  const { q = '', sort } = asked;
  const ask = useAsk<typeof asked>();
  const columns = useColumns();
  const search = q.trim();
  const sorting = sort === undefined ? undefined : serverSort[sort];
  const total = useQuery(queryOf(profilesRoutes.countProfiles));
  const { list, first, isBefore } = usePages({
    ...pagesOf(profilesRoutes.listProfiles, {
      cursor: 'after',
      query: { ...(search === '' ? {} : { search }), ...(sorting === undefined ? {} : { sort: sorting }) },
    }),
    ...keepingBefore,
  });
  const tooMany = search !== '' && sorting !== undefined && first?.sort === 'best' && !isBefore;
  const onSearch = useCallback((text: string) => ask({ q: text || undefined }), [ask]);
  return (
    <Page
      wide
      title={t('people.title')}
      answer={total.data ? t('people.answer', { count: total.data.total }) : <>&nbsp;</>}
    >
      {tooMany ? <Alert color="gray">{t('people.tooManyToSort')}</Alert> : null}
      <DataList
        label={t('people.title')}
        {...list}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/people/$id', params: { id } })}
        search={q}
        onSearch={onSearch}
        searchLabel={t('people.search')}
        sort={sort}
        onSort={(next) => ask({ sort: next as typeof sort })}
        sorts={['name', 'since']}
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
      {search !== '' && list.rows !== undefined ? (
        <Text size="sm" c="var(--mesure-quiet)">
          {t('people.searchHint', { most: formatNumber(200) })}
        </Text>
      ) : null}
    </Page>
  );
};
