import { type SendItem, sendRoutes, sendState } from '@mesure/contract/sends';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { pagesOf, usePages } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty, FilterSelect, Panel, PlaceLink } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useAsk } from '#platform/routing';
import { useWords } from '#words';
import type { Progress } from './tally.ts';

const route = getRouteApi('/inside/campaigns/$id');

interface SendsPanelProps {
  readonly id: string;
  readonly progress: Progress;
  /** Shown from the first answer on. */
  readonly below: ReactNode;
}

/** Each person's send with its state and reason: what the numbers above are made of. */
export const SendsPanel = ({ id, progress, below }: SendsPanelProps) => {
  const { t, i18n } = useWords();
  const asked = route.useSearch();
  const { sends: state, reason } = asked;
  const ask = useAsk<typeof asked>();
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const { list } = usePages(
    pagesOf(sendRoutes.listCampaignSends, {
      cursor: 'cursor',
      params: { id },
      query: { state, reason, limit: 200 },
    }),
  );
  const [isThere, setIsThere] = useState(false);
  if (!isThere && (list.rows || list.error)) setIsThere(true);
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
  return (
    <>
      <Panel title={t('campaigns.sends.title')}>
        <div id="sends">
          <DataList
            label={t('campaigns.sends.title')}
            {...list}
            columns={columns}
            keyOf={(send) => send.id}
            onOpen={({ profileId }) => void navigate({ href: `/people/${profileId}` })}
            total={total}
            found={total}
            rowHeight={40}
            filtered={state !== undefined || reason !== undefined}
            onClearFilters={() => ask({ sends: undefined, reason: undefined })}
            filters={
              <>
                <FilterSelect
                  label={t('campaigns.list.state')}
                  unchosen={t('campaigns.list.anyState')}
                  options={sendState.options.map((value) => ({ value, label: t(`campaigns.send.${value}`) }))}
                  value={state}
                  onChange={(value) => ask({ sends: value, reason: undefined })}
                />
                <FilterSelect
                  label={t('campaigns.review.why')}
                  unchosen={t('campaigns.sends.anyReason')}
                  options={reasons.map((value) => ({ value, label: reasonWords(value) }))}
                  value={reason}
                  onChange={(value) => ask({ reason: value })}
                />
              </>
            }
            empty={<Empty title={t('campaigns.sends.none')} />}
          />
        </div>
      </Panel>
      {isThere ? below : null}
    </>
  );
};
