import { Stack, Text, Timeline } from '@mantine/core';
import type { campaignHistoryItem } from '@mesure/contract/campaigns';
import type { z } from 'zod';
import { formatInstant } from '#platform/format';
import { Panel } from '#platform/kit';
import { useWords } from '#words';

/** Who said what about which version, the latest first. */
export const HistoryPanel = ({
  history,
}: {
  readonly history: readonly z.output<typeof campaignHistoryItem>[];
}) => {
  const { t } = useWords();
  if (history.length === 0) return null;
  return (
    <Panel title={t('campaigns.history.title')}>
      <Timeline bulletSize={12} lineWidth={2}>
        {history.toReversed().map(({ id, verdict, by, at, version, comment }) => (
          <Timeline.Item
            key={id}
            title={
              <Text size="sm" fw={600}>
                {t(`campaigns.history.${verdict}`, { name: by.name })}
              </Text>
            }
          >
            <Stack gap={2}>
              <Text size="sm" c="var(--mesure-quiet)">
                {t('campaigns.history.when', { at: formatInstant(at), version })}
              </Text>
              {comment ? (
                <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                  {comment}
                </Text>
              ) : null}
            </Stack>
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
};
