import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keepingBefore, queryClient, queryOf } from '#platform/api';
import { formatNumber, formatShare } from '#platform/format';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import classes from './builder.module.css';
import { CountAdvice } from './count-advice.tsx';
import { SampleMembers } from './sample-members.tsx';
import type { Known } from './tree/fresh.ts';
import { validate } from './tree/validate.ts';

interface LiveCountProps {
  readonly rule: Rule;
  readonly known: Known;
}

/** How many people the rule gives while it is edited; the count before stays, greyed, until the next one is there. */
export const LiveCount = ({ rule, known }: LiveCountProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const [asked] = useDebouncedValue(rule, 300);
  const [stopped, setStopped] = useState<Rule | null>(null);
  const open = validate(asked).length;
  const options = queryOf(segmentsRoutes.previewSegment, { body: { rule: asked, samples: 8, language } });
  const query = useQuery({ ...options, ...keepingBefore, enabled: open === 0 && stopped !== asked });
  const { data } = query;
  const busy = query.isFetching || (asked !== rule && open === 0);
  const old = busy || query.isPlaceholderData || open > 0;
  // By colour, not by opacity: it stays readable (WCAG 2.2, 1.4.3).
  const greyed = old ? { c: 'var(--mesure-quiet)' } : {};
  return (
    <Stack gap="md">
      <Panel title={t('audiences.count.title')}>
        <div aria-live="polite" aria-busy={busy}>
          {data ? (
            <Stack gap={2} {...greyed}>
              <Text fz={32} fw={600} lh={1.1} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {t('audiences.count.people', { count: data.count })}
              </Text>
              <Text size="sm">
                {data.total > 0
                  ? t('audiences.count.share', {
                      share: formatShare(data.count / data.total),
                      total: formatNumber(data.total),
                    })
                  : t('audiences.count.nobodyYet')}
              </Text>
            </Stack>
          ) : query.error ? null : open > 0 ? null : (
            <Loading lines={2} height={28} />
          )}
          {open > 0 ? (
            <Text size="sm" c="var(--mantine-color-error)" mt="xs">
              {t('audiences.count.open', { count: open })}
            </Text>
          ) : null}
        </div>
        {query.error && open === 0 ? (
          <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        <Group gap="xs" mih={30}>
          {query.isFetching ? (
            <>
              <Text size="sm" c="var(--mesure-quiet)">
                {t('audiences.count.counting')}
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  setStopped(asked);
                  void queryClient.cancelQueries({ queryKey: options.queryKey });
                }}
              >
                {t('audiences.count.stop')}
              </Button>
            </>
          ) : stopped === asked ? (
            <>
              <Text size="sm" c="var(--mesure-quiet)">
                {t('audiences.count.stopped')}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => setStopped(null)}>
                {t('audiences.count.again')}
              </Button>
            </>
          ) : null}
        </Group>
        {data && !old ? (
          <CountAdvice rule={asked} known={known} count={data.count} total={data.total} />
        ) : null}
      </Panel>
      {data ? (
        <Panel title={t('audiences.words')}>
          <Text size="sm" dir="auto" className={classes.sentence} {...greyed}>
            {data.words}
          </Text>
        </Panel>
      ) : null}
      {data && data.samples.length > 0 ? (
        <Panel title={t('audiences.samples.title')} hint={t('audiences.samples.hint')}>
          <List listStyleType="none" spacing="sm" size="sm" {...greyed}>
            <SampleMembers rule={asked} samples={data.samples} />
          </List>
        </Panel>
      ) : null}
    </Stack>
  );
};
