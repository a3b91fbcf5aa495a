import { Alert, Button, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { CampaignReview } from '@mesure/contract/campaigns';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { MailFrame, Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';
import classes from './previews.module.css';

type Preview = CampaignReview['previews'][number];

interface PreviewsProps {
  readonly previews: readonly Preview[];
  readonly current: number;
  readonly onShow: (index: number) => void;
}

/** What fails comes first: it is what an approver has to see. */
const failuresFirst = (previews: readonly Preview[]): readonly Preview[] =>
  previews.toSorted((a, b) => Number(a.result.ok) - Number(b.result.ok));

/** The message as real people would get it, the oddest first. */
export const Previews = ({ previews, current, onShow }: PreviewsProps) => {
  const { t } = useWords();
  const [as, setAs] = useState<'desktop' | 'phone' | 'text'>('desktop');
  const shown = failuresFirst(previews);
  if (shown.length === 0)
    return (
      <Panel title={t('campaigns.previews.title')}>
        <Text size="sm">{t('campaigns.previews.none')}</Text>
      </Panel>
    );
  const at = Math.min(current, shown.length - 1);
  const preview = shown[at];
  if (!preview) return null;
  const { result } = preview;
  const step = (by: number) => (): void => onShow((at + by + shown.length) % shown.length);
  return (
    <Panel
      title={t('campaigns.previews.title')}
      hint={t('campaigns.previews.hint', { count: shown.length })}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('campaigns.previews.as')}
          value={as}
          onChange={setAs}
          data={(['desktop', 'phone', 'text'] as const).map((value) => ({
            value,
            label: t(`campaigns.previews.${value}`),
          }))}
        />
      }
    >
      <Group gap="xs" component="nav" aria-label={t('campaigns.previews.people')}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={step(-1)}
        >
          {t('campaigns.previews.before')}
        </Button>
        {shown.map((one, index) => (
          <Button
            key={`${one.profileId} ${one.variant}`}
            size="compact-sm"
            variant={index === at ? 'filled' : 'default'}
            {...(one.result.ok ? {} : { color: 'red' })}
            aria-current={index === at ? 'true' : undefined}
            aria-label={t('campaigns.previews.number', {
              number: index + 1,
              picked: t(`campaigns.picked.${one.picked}`),
            })}
            onClick={() => onShow(index)}
          >
            {one.result.ok ? String(index + 1) : t('campaigns.previews.fails', { number: index + 1 })}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconArrowRight size={16} aria-hidden />}
          onClick={step(1)}
        >
          {t('campaigns.previews.after')}
        </Button>
      </Group>
      <Stack gap="xs">
        <Group gap="sm">
          <Text size="sm" aria-live="polite">
            {t('campaigns.previews.who', {
              variant: preview.variant,
              picked: t(`campaigns.picked.${preview.picked}`),
            })}
          </Text>
          <PlaceLink to={`/people/${preview.profileId}`}>{t('campaigns.previews.profile')}</PlaceLink>
        </Group>
        {result.ok ? (
          <>
            <Text fw={600}>{result.subject}</Text>
            {as === 'text' ? (
              <Code block className={classes.text}>
                {result.text}
              </Code>
            ) : (
              <MailFrame
                html={result.html}
                title={t('campaigns.previews.frame', { subject: result.subject })}
                {...(as === 'phone' ? { width: 375 } : {})}
              />
            )}
          </>
        ) : (
          <Alert color="red" title={t('campaigns.previews.failed')}>
            {result.error}
          </Alert>
        )}
      </Stack>
    </Panel>
  );
};
