import { Group, Text } from '@mantine/core';
import { profilesRoutes, type TimelineEntryBody } from '@mesure/contract/profiles';
import { useMemo, useState } from 'react';
import { keepingBefore, pagesOf, usePages } from '#platform/api';
import { formatInstant } from '#platform/format';
import { type Column, DataList, Empty, FilterSelect } from '#platform/kit';
import { useAsk } from '#platform/routing';
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
  const asked = personRoute.useSearch();
  const { kind } = asked;
  const ask = useAsk<typeof asked>();
  const columns = useColumns();
  const [opened, setOpened] = useState<TimelineEntryBody | null>(null);
  const { list } = usePages({
    ...pagesOf(profilesRoutes.getProfileTimeline, {
      cursor: 'after',
      params: { id },
      query: kind === undefined ? {} : { name: kind },
    }),
    ...keepingBefore,
  });
  return (
    <>
      <DataList
        label={t('people.tab.timeline')}
        {...list}
        columns={columns}
        keyOf={({ eventId }) => eventId}
        onOpen={setOpened}
        filtered={kind !== undefined}
        onClearFilters={() => ask({ kind: undefined })}
        filters={
          <FilterSelect<string>
            label={t('people.timeline.kind')}
            unchosen={t('people.timeline.everything')}
            value={kind}
            onChange={(next) => ask({ kind: next })}
            options={eventKinds.map((value) => ({ value, label: t(`people.kind.${value}`) }))}
          />
        }
        empty={<Empty title={t('people.timeline.empty')} hint={t('people.timeline.emptyHint')} />}
      />
      <EventDetails entry={opened} onClose={() => setOpened(null)} />
    </>
  );
};
