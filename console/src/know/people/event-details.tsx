import { Anchor, Modal, Stack, Text } from '@mantine/core';
import type { TimelineEntryBody } from '@mesure/contract/profiles';
import { formatLongDate, formatNumber } from '#platform/format';
import { Facts } from '#platform/kit';
import { useWords } from '#words';
import { eventWords } from './event-words.ts';
import { OrderLines } from './order-lines.tsx';
import { Stored } from './stored.tsx';

interface EventDetailsProps {
  readonly entry: TimelineEntryBody | null;
  readonly onClose: () => void;
}

/** Everything that was recorded with an event. */
export const EventDetails = ({ entry, onClose }: EventDetailsProps) => {
  const { t } = useWords();
  return (
    <Modal
      opened={entry !== null}
      onClose={onClose}
      title={t('people.timeline.details')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {entry ? (
        <Stack gap="md">
          <Text>
            <Stored>{eventWords(entry)}</Stored>
          </Text>
          <Facts
            facts={[
              { name: t('people.timeline.at'), value: formatLongDate(entry.at) },
              { name: t('people.timeline.name'), value: <Stored>{entry.name}</Stored> },
              { name: t('people.timeline.source'), value: <Stored>{entry.source}</Stored> },
              ...Object.entries(entry.text).map(([name, value]) => ({
                name,
                value: /^https?:\/\//.test(value) ? (
                  <Anchor href={value} target="_blank" rel="noreferrer noopener" size="sm">
                    {value}
                  </Anchor>
                ) : (
                  <Stored>{value}</Stored>
                ),
              })),
              ...Object.entries(entry.numbers).map(([name, value]) => ({ name, value: formatNumber(value) })),
            ]}
          />
          {entry.order ? <OrderLines order={entry.order} /> : null}
        </Stack>
      ) : null}
    </Modal>
  );
};
