import { Button, Group, Stack, Tooltip } from '@mantine/core';
import { tell, tellError, tellWithUndo } from '#platform/feedback';
import { formatNumber } from '#platform/format';
import { CopyText, Empty, ErrorNotice, Facts, Loading, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { sampleErrors, value } from './samples.ts';

const tones = ['neutral', 'active', 'good', 'caution', 'bad'] as const;

export const StateSamples = () => {
  const { t } = useWords();
  return (
    <Stack gap="lg">
      <Panel title={t('gallery.states')}>
        <Group gap="sm">
          {tones.map((tone) => (
            <StateBadge key={tone} tone={tone}>
              {t(`gallery.tone.${tone}`)}
            </StateBadge>
          ))}
        </Group>
      </Panel>
      <Panel title={t('gallery.buttons')}>
        <Group gap="sm">
          <Button>{t('gallery.deliberate')}</Button>
          <Button variant="default">{t('gallery.usual')}</Button>
          <Button color="red">{t('gallery.risky')}</Button>
          <Button color="red" variant="outline">
            {t('gallery.risky')}
          </Button>
          <Tooltip label={t('gallery.notAllowed')}>
            <Button data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
              {t('gallery.usual')}
            </Button>
          </Tooltip>
          <Button loading>{t('gallery.busy')}</Button>
        </Group>
      </Panel>
      <Panel title={t('gallery.panels')} hint={t('gallery.panelHint')}>
        <Facts
          facts={[
            { name: t('gallery.fact'), value: formatNumber(1729), note: t('gallery.factNote') },
            { name: t('gallery.orders'), value: formatNumber(268) },
          ]}
        />
      </Panel>
      <Panel title={t('gallery.errors')}>
        {sampleErrors.map((error) => (
          <ErrorNotice
            key={error.code}
            error={error}
            {...(error.status === 404 ? { onRetry: () => undefined } : {})}
          />
        ))}
      </Panel>
      <Panel title={t('gallery.notices')}>
        <Group gap="sm">
          <Button variant="default" onClick={() => tell(t('gallery.told'))}>
            {t('gallery.tell')}
          </Button>
          <Button
            variant="default"
            onClick={() => tellWithUndo(t('gallery.toldUndo'), () => Promise.resolve())}
          >
            {t('gallery.tellUndo')}
          </Button>
          <Button variant="default" onClick={() => tellError(sampleErrors[1])}>
            {t('gallery.tellError')}
          </Button>
        </Group>
      </Panel>
      <Panel title={t('gallery.loading')}>
        <Loading lines={3} />
      </Panel>
      <Panel>
        <Empty
          title={t('gallery.empty')}
          hint={t('gallery.emptyHint')}
          action={<Button>{t('gallery.emptyAction')}</Button>}
        />
      </Panel>
      <Panel title={t('gallery.copy')}>
        <CopyText value={value} />
      </Panel>
    </Stack>
  );
};
