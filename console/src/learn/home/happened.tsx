import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { Link } from '@tanstack/react-router';
import { formatDate, formatInstant, formatNumber } from '#platform/format';
import { Facts, Panel, StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { useWords } from '#words';

type HappenedBody = HomeBody['happened'];
type Status = NonNullable<HappenedBody['finished'][number]['finding']>['status'];

const tones: Readonly<Record<Status, Tone>> = {
  proven: 'good',
  not_yet: 'neutral',
  harmful: 'bad',
  not_comparable: 'caution',
  not_started: 'neutral',
};

/** Seven days in figures, and what the campaigns that ended have shown. */
export const Happened = ({ happened }: { readonly happened: HappenedBody }) => {
  const { t } = useWords();
  const { since, sent, clicks, unsubscribed, orders, finished } = happened;
  return (
    <Panel title={t('home.happened.title')} hint={t('home.happened.since', { at: formatDate(since) })}>
      <Facts
        facts={[
          { name: t('home.happened.sent'), value: formatNumber(sent) },
          { name: t('home.happened.clicks'), value: formatNumber(clicks) },
          { name: t('home.happened.unsubscribed'), value: formatNumber(unsubscribed) },
          { name: t('home.happened.orders'), value: formatNumber(orders) },
        ]}
      />
      {finished.length > 0 ? (
        <Stack gap="sm">
          <Title order={3} size="h6">
            {t('home.happened.finished')}
          </Title>
          {finished.map(({ id, name, finishedAt, finding }) => (
            <Stack key={id} gap={4} align="flex-start">
              <Anchor
                renderRoot={(props) => <Link to={`/campaigns/${id}/report`} {...props} />}
                size="sm"
                fw={600}
                dir="auto"
              >
                {name}
              </Anchor>
              {finding ? (
                <>
                  <StateBadge tone={tones[finding.status]}>
                    {t(`home.happened.status.${finding.status}`)}
                  </StateBadge>
                  <Text size="sm">{finding.sentence}</Text>
                </>
              ) : (
                <Text size="sm">{t('home.happened.working')}</Text>
              )}
              <Text size="xs" c="var(--mesure-quiet)">
                {t('home.happened.endedAt', { at: formatInstant(finishedAt) })}
              </Text>
            </Stack>
          ))}
        </Stack>
      ) : null}
    </Panel>
  );
};
