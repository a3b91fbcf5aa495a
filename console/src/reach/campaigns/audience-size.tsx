import { Paper, Stack, Text } from '@mantine/core';
import { type SegmentBody, segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { keepingBefore, queryOf } from '#platform/api';
import { ErrorNotice, PlaceLink } from '#platform/kit';
import { useWords } from '#words';

/** Who that is: how many now, of how many, and the rule in words. */
export const AudienceSize = ({ segment }: { readonly segment: SegmentBody }) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const now = useAudienceNow(segment);
  return (
    <Paper withBorder p="sm">
      <Stack gap={4}>
        <Text fw={600} aria-live="polite">
          {now.data
            ? t('campaigns.whom.size', { count: now.data.count, total: now.data.total })
            : t('campaigns.whom.counting')}
        </Text>
        <Text size="sm">{segment.words[language]}</Text>
        <ErrorNotice error={now.error} />
        <PlaceLink to={`/audiences/${segment.id}`}>{t('campaigns.whom.open')}</PlaceLink>
      </Stack>
    </Paper>
  );
};

export const useAudienceNow = (segment: SegmentBody | undefined) =>
  useQuery({
    ...queryOf(segmentsRoutes.previewSegment, {
      body: { rule: segment?.rule ?? { kind: 'all', rules: [] }, samples: 0 },
    }),
    ...keepingBefore,
    enabled: segment !== undefined,
  });
