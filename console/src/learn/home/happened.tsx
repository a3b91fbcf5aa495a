import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { Link } from '@tanstack/react-router';
import { formatDate, formatInstant, formatNumber } from '#platform/format';
import { Facts, Panel } from '#platform/kit';
import { FindingBadge } from '#reach/campaigns';
import { useWords } from '#words';

/** Seven days in figures, and what the campaigns that ended have shown. */
export const Happened = ({ happened }: { readonly happened: HomeBody['happened'] }) => {
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
                  <FindingBadge status={finding.status} />
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
