import { Stack, Text } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { formatInstant } from '#platform/format';
import { Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';

/** Whether anything may leave at all. */
export const BrakePanel = ({ brake }: { readonly brake: HomeBody['brake'] }) => {
  const { t } = useWords();
  const { engaged, state, campaigns } = brake;
  return (
    <Panel title={t('brake.title')}>
      <Stack gap="xs" align="flex-start">
        <StateBadge tone={engaged ? 'bad' : 'good'}>
          {engaged ? t('brake.engaged') : t('home.brake.off')}
        </StateBadge>
        {engaged && state.changedBy && state.changedAt ? (
          <Text size="sm">
            {t('brake.by', {
              name: state.changedBy.name,
              at: formatInstant(state.changedAt),
              reason: state.reason,
            })}
          </Text>
        ) : null}
        {engaged && (state.cause === 'missing' || state.cause === 'unreadable') ? (
          <Text size="sm">{t('home.brake.unreadable')}</Text>
        ) : null}
        {engaged ? null : <Text size="sm">{t('home.brake.offText')}</Text>}
        {campaigns > 0 ? <Text size="sm">{t('home.brake.campaigns', { count: campaigns })}</Text> : null}
      </Stack>
    </Panel>
  );
};
