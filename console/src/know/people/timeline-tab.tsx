import { Group, Select, Text } from '@mantine/core';
import { profilesRoutes, type TimelineEntryBody } from '@mesure/contract/profiles';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { keepingBefore, pagesOf } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty } from '#platform/kit';
import { useWords } from '#words';
import { CampaignName } from './campaign-name.tsx';
import { EventDetails } from './event-details.tsx';
import { eventKinds, eventWords } from './event-words.ts';
import { personRoute } from './routes.ts';
import { Stored } from './stored.tsx';

const useColumns = (): readonly Column<TimelineEntryBody>[] => {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: 'at',
        title: t('people.timeline.at'),
        width: '11rem',
        from: 'sm',
        tuck: true,
        cell: ({ at }) => <time dateTime={at}>{formatInstant(at)}</time>,
      },
      {
        key: 'what',
        title: t('people.timeline.what'),
        width: 'minmax(12rem, 1fr)',
        cell: (entry) => {
          const campaign = entry.text['campaign_id'];
          return (
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" truncate>
                <Stored>{eventWords(entry)}</Stored>
              </Text>
              {campaign ? (
                <Text size="sm" c="var(--mesure-quiet)" truncate>
                  <CampaignName id={campaign} />
                </Text>
              ) : null}
            </Group>
          );
        },
      },
      {
        key: 'source',
        title: t('people.timeline.source'),
        width: '8rem',
        from: 'md',
        cell: ({ source }) => <Stored>{source}</Stored>,
      },
    ],
    [t],
  );
};

/** Everything a person did, newest first. */
export const TimelineTab = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const navigate = useNavigate({ from: personRoute.fullPath });
  const { kind } = personRoute.useSearch();
  const columns = useColumns();
  const [opened, setOpened] = useState<TimelineEntryBody | null>(null);
  const timeline = useInfiniteQuery({
    ...pagesOf(profilesRoutes.getProfileTimeline, {
      cursor: 'after',
      params: { id },
      query: kind === undefined ? {} : { name: kind },
    }),
    ...keepingBefore,
  });
  const rows = useMemo(() => timeline.data?.pages.flatMap(({ items }) => items), [timeline.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const narrow = (next: string | null): void =>
    void navigate({
      search: (before) => ({ ...before, kind: next ?? undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <DataList
        label={t('people.tab.timeline')}
        rows={rows}
        columns={columns}
        keyOf={({ eventId }) => eventId}
        onOpen={setOpened}
        hasMore={hasNextPage}
        loadMore={loadMore}
        loadingMore={isFetchingNextPage}
        error={timeline.error}
        onRetry={() => void timeline.refetch()}
        filtered={kind !== undefined}
        onClearFilters={() => narrow(null)}
        filters={
          <Select
            aria-label={t('people.timeline.kind')}
            placeholder={t('people.timeline.everything')}
            clearable
            w={{ base: '100%', xs: 260 }}
            value={kind ?? null}
            onChange={narrow}
            data={eventKinds.map((value) => ({ value, label: t(`people.kind.${value}`) }))}
          />
        }
        empty={<Empty title={t('people.timeline.empty')} hint={t('people.timeline.emptyHint')} />}
      />
      <EventDetails entry={opened} onClose={() => setOpened(null)} />
    </>
  );
};
