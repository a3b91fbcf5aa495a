import { Text } from '@mantine/core';
import { type CampaignBody, campaignRoutes, campaignState } from '@mesure/contract/campaigns';
import { segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { pagesOf, queryOf, usePages } from '#platform/api';
import { formatDate, formatInstant, formatNumber } from '#platform/format';
import { type Column, DataList, Empty, FilterSelect, Page } from '#platform/kit';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import { CampaignStateBadge } from './campaign-state.tsx';
import { FindingCell } from './finding-cell.tsx';
import { NewCampaignButton } from './new-campaign-button.tsx';
import { useFindings } from './use-findings.ts';
import { whenOf } from './when-of.ts';

const route = getRouteApi('/inside/campaigns');
const pages = pagesOf(campaignRoutes.listCampaigns, { cursor: 'cursor', query: { limit: 200 } });

const matches = (campaign: CampaignBody, search: string): boolean =>
  [campaign.name, campaign.author.name, campaign.lastEditor.name].some((text) =>
    text.toLocaleLowerCase().includes(search),
  );

export const CampaignsPage = () => {
  const { t, i18n } = useWords();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const { list } = usePages(pages);
  const segments = useQuery(queryOf(segmentsRoutes.listSegments, { query: { limit: 200 } }));
  const audiences = useMemo(
    () => new Map(segments.data?.items.map((segment) => [segment.id, segment])),
    [segments.data],
  );
  const findings = useFindings();
  const { rows: all } = list;
  const rows = search.state === undefined ? all : all?.filter(({ state }) => state === search.state);

  const ask = useAsk<typeof search>();
  const onSearch = useCallback((text: string) => ask({ search: text || undefined }), [ask]);

  const columns = useMemo((): readonly Column<CampaignBody>[] => {
    const audienceOf = (campaign: CampaignBody) =>
      campaign.segmentId === null ? undefined : audiences.get(campaign.segmentId);
    // As counted at the start, or as the audience is now.
    const peopleOf = (campaign: CampaignBody): number | undefined =>
      campaign.startedAt === null
        ? audienceOf(campaign)?.size?.count
        : (findings.get(campaign.id)?.people ?? undefined);
    return [
      {
        key: 'name',
        title: t('campaigns.list.name'),
        width: 'minmax(9rem, 4fr)',
        by: ({ name }) => name,
        cell: ({ id, name }) => (
          <Link
            to="/campaigns/$id"
            params={{ id }}
            tabIndex={-1}
            style={{ color: 'inherit', fontWeight: 500 }}
          >
            {name}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('campaigns.list.state'),
        width: '9rem',
        by: ({ state }) => campaignState.options.indexOf(state),
        cell: ({ state }) => <CampaignStateBadge state={state} />,
      },
      {
        key: 'audience',
        title: t('campaigns.list.audience'),
        width: 'minmax(8rem, 3fr)',
        from: 'md',
        by: (campaign) => audienceOf(campaign)?.name ?? null,
        cell: (campaign) =>
          audienceOf(campaign)?.name ?? (
            <Text size="sm" c="var(--mesure-quiet)">
              {t('campaigns.list.noAudience')}
            </Text>
          ),
      },
      {
        key: 'size',
        title: t('campaigns.list.size'),
        width: '6rem',
        align: 'end',
        from: 'md',
        by: (campaign) => peopleOf(campaign) ?? null,
        cell: (campaign) => {
          const people = peopleOf(campaign);
          return people === undefined ? '–' : formatNumber(people);
        },
      },
      {
        key: 'when',
        title: t('campaigns.list.when'),
        width: '12.5rem',
        from: 'sm',
        tuck: true,
        by: (campaign) => Date.parse(whenOf(campaign).at),
        cell: (campaign) => {
          const { what, at } = whenOf(campaign);
          return t(`campaigns.when.${what}`, { at: what === 'starts' ? formatInstant(at) : formatDate(at) });
        },
      },
      {
        key: 'finding',
        title: t('campaigns.list.finding'),
        width: '9rem',
        from: 'md',
        cell: (campaign) => <FindingCell campaign={campaign} known={findings.get(campaign.id)} />,
      },
    ];
    // The words follow the language.
  }, [t, audiences, findings, i18n.language]);

  const waiting = all?.filter(({ state }) => state === 'in_review').length ?? 0;
  const sending = all?.filter(({ state }) => state === 'sending').length ?? 0;
  const answer =
    [
      sending > 0 ? t('campaigns.list.sending', { count: sending }) : '',
      waiting > 0 ? t('campaigns.list.waiting', { count: waiting }) : '',
    ]
      .join(' ')
      .trim() || t('campaigns.list.calm');
  return (
    <Page
      wide
      title={t('shell.places.campaigns')}
      answer={all && all.length > 0 ? answer : '\u00a0'}
      actions={<NewCampaignButton />}
    >
      <DataList
        label={t('shell.places.campaigns')}
        {...list}
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/campaigns/$id', params: { id } })}
        sort={search.sort}
        onSort={(sort) => ask({ sort })}
        search={search.search ?? ''}
        onSearch={onSearch}
        searchLabel={t('campaigns.list.search')}
        matches={matches}
        filters={
          <FilterSelect
            label={t('campaigns.list.state')}
            unchosen={t('campaigns.list.anyState')}
            options={campaignState.options.map((value) => ({ value, label: t(`campaigns.state.${value}`) }))}
            value={search.state}
            onChange={(state) => ask({ state })}
          />
        }
        filtered={search.state !== undefined}
        onClearFilters={() => ask({ state: undefined, search: undefined })}
        empty={
          <Empty
            title={t('campaigns.list.empty')}
            hint={t('campaigns.list.emptyHint')}
            action={<NewCampaignButton />}
          />
        }
      />
    </Page>
  );
};
