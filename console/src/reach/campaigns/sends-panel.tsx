import { Select } from '@mantine/core';
import { type SendItem, sendRoutes, sendState } from '@mesure/contract/sends';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { pagesOf } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty, Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';
import { reasonWords } from './reason-words.ts';
import type { Progress } from './tally.ts';

const route = getRouteApi('/inside/campaigns/$id');

interface SendsPanelProps {
  readonly id: string;
  readonly progress: Progress;
}

/** Each person's send with its state and reason: what the numbers above are made of. */
export const SendsPanel = ({ id, progress }: SendsPanelProps) => {
  const { t, i18n } = useWords();
  const { sends: state, reason } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const list = useInfiniteQuery(
    pagesOf(sendRoutes.listCampaignSends, {
      cursor: 'cursor',
      params: { id },
      query: { state, reason, limit: 200 },
    }),
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const total = progress.byReason
    .filter(
      (one) =>
        (state === undefined || one.state === state) && (reason === undefined || one.reason === reason),
    )
    .reduce((sum, { count }) => sum + count, 0);
  const reasons = [
    ...new Set(
      progress.byReason.flatMap((one) =>
        one.reason !== null && (state === undefined || one.state === state) ? [one.reason] : [],
      ),
    ),
  ];
  const columns = useMemo(
    (): readonly Column<SendItem>[] => [
      {
        key: 'person',
        title: t('campaigns.sends.who'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ profileId, person }) => (
          // The row opens it by Enter: hundreds of stops for the Tab key would be no help.
          <PlaceLink to={`/people/${profileId}`} tabIndex={-1}>
            {person ?? t('campaigns.sends.person', { id: profileId.slice(-8) })}
          </PlaceLink>
        ),
      },
      {
        key: 'state',
        title: t('campaigns.list.state'),
        width: 'minmax(7rem, 1fr)',
        cell: (send) => t(`campaigns.send.${send.state}`),
      },
      {
        key: 'reason',
        title: t('campaigns.review.why'),
        width: 'minmax(8rem, 2fr)',
        cell: (send) => (send.reason ? reasonWords(send.reason) : ''),
      },
      {
        key: 'variant',
        title: t('campaigns.sends.variant'),
        width: '5rem',
        from: 'sm',
        cell: ({ variant }) => variant ?? '–',
      },
      {
        key: 'when',
        title: t('campaigns.list.when'),
        width: '11rem',
        from: 'md',
        tuck: true,
        cell: ({ finishedAt, dueAt, queuedAt }) => formatInstant(finishedAt ?? dueAt ?? queuedAt),
      },
      {
        key: 'detail',
        title: t('campaigns.sends.detail'),
        width: 'minmax(8rem, 2fr)',
        from: 'lg',
        cell: ({ detail }) => <span title={detail ?? undefined}>{detail ?? ''}</span>,
      },
    ],
    // The words follow the language.
    [t, i18n.language],
  );
  const change = (changed: { sends?: SendItem['state'] | undefined; reason?: string | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  return (
    <Panel title={t('campaigns.sends.title')}>
      <div id="sends">
        <DataList
          label={t('campaigns.sends.title')}
          rows={rows}
          columns={columns}
          keyOf={(send) => send.id}
          onOpen={({ profileId }) => void navigate({ href: `/people/${profileId}` })}
          total={total}
          found={total}
          rowHeight={40}
          filtered={state !== undefined || reason !== undefined}
          onClearFilters={() => change({ sends: undefined, reason: undefined })}
          filters={
            <>
              <Select
                aria-label={t('campaigns.list.state')}
                placeholder={t('campaigns.list.anyState')}
                data={sendState.options.map((value) => ({ value, label: t(`campaigns.send.${value}`) }))}
                value={state ?? null}
                onChange={(value) => change({ sends: sendState.safeParse(value).data, reason: undefined })}
                clearable
                w="12rem"
              />
              <Select
                aria-label={t('campaigns.review.why')}
                placeholder={t('campaigns.sends.anyReason')}
                data={reasons.map((value) => ({ value, label: reasonWords(value) }))}
                value={reason ?? null}
                onChange={(value) => change({ reason: value ?? undefined })}
                clearable
                w="14rem"
              />
            </>
          }
          empty={<Empty title={t('campaigns.sends.none')} />}
          error={list.error}
          onRetry={() => void list.refetch()}
          hasMore={list.hasNextPage}
          loadMore={() => void (list.isFetchingNextPage ? undefined : list.fetchNextPage())}
          loadingMore={list.isFetchingNextPage}
        />
      </div>
    </Panel>
  );
};
