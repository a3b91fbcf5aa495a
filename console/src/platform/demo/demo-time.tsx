import { Button, Group, Progress, Text } from '@mantine/core';
import { demoRoutes } from '@mesure/contract/demo';
import { IconClockPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { queryClient, useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { formatInstant, formatLongDate, formatShare } from '#platform/format';
import { StateBadge } from '#platform/kit';
import { useMay } from '#platform/session';
import { say, useWords } from '#words';
import classes from './demo-time.module.css';
import type { Demo } from './use-demo.ts';

type Answers = NonNullable<Demo['advancing']>['answers'];

const steps = [
  { word: 'hour', hours: 1 },
  { word: 'day', hours: 24 },
  { word: 'week', hours: 168 },
] as const;

const answersInWords = ({ clicks, unsubscribes, orders }: Answers): string =>
  [
    say('demo.clicks', { count: clicks }),
    say('demo.orders', { count: orders }),
    say('demo.unsubscribes', { count: unsubscribes }),
  ].join(' · ');

const tellOutcome = ({ last, now }: Demo): void => {
  if (last === null) return;
  if (last.outcome === 'failed') tellError(new Error(last.message ?? say('demo.failed')));
  else
    tell(
      say(last.outcome === 'arrived' ? 'demo.arrived' : 'demo.stopped', {
        at: formatInstant(now),
        answers: answersInWords(last.answers),
      }),
    );
};

/** Where the demo's time stands; moves it, and shows people answer while it moves. */
export const DemoTime = ({ demo }: { readonly demo: Demo }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const { now, advancing, canAdvance } = demo;
  const onError = tellError;
  const advance = useCall(demoRoutes.advanceDemo, { refreshes: ['demo'], onError });
  const stop = useCall(demoRoutes.stopDemo, { refreshes: ['demo'], onError });
  const moving = advancing !== null;
  const wasMoving = useRef(moving);
  useEffect(() => {
    if (wasMoving.current && !moving) {
      tellOutcome(demo);
      void queryClient.invalidateQueries();
    }
    wasMoving.current = moving;
  }, [moving, demo]);
  const why = may ? (canAdvance ? undefined : t('demo.cannot')) : t('common.error.forbidden');

  return (
    <section className={classes.bar} aria-label={t('demo.name')}>
      <Group gap="xs" wrap="nowrap" className={classes.date}>
        <StateBadge tone="caution">{t('demo.simulated')}</StateBadge>
        <Text size="sm" fw={600} className={classes.long}>
          {formatLongDate(advancing?.now ?? now)}
        </Text>
        <Text size="sm" fw={600} className={classes.short}>
          {formatInstant(advancing?.now ?? now)}
        </Text>
      </Group>
      {advancing ? (
        <div className={classes.moving}>
          <div className={classes.progress}>
            <Progress
              value={advancing.done * 100}
              aria-label={t('demo.moving', { to: formatInstant(advancing.to) })}
              size="sm"
            />
            <Text size="xs" className={classes.answers}>
              {formatShare(advancing.done, 0)} · {answersInWords(advancing.answers)}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            disabled={!may || advancing.stopping}
            loading={stop.isPending}
            onClick={() => stop.mutate({})}
          >
            {advancing.stopping ? t('demo.stopping') : t('demo.stop')}
          </Button>
        </div>
      ) : (
        <Group gap={6} wrap="nowrap" role="group" aria-label={t('demo.forward')} className={classes.forward}>
          <IconClockPlay size={18} aria-hidden />
          {steps.map(({ word, hours }) => (
            <Button
              key={word}
              size="compact-sm"
              variant="default"
              disabled={why !== undefined || advance.isPending}
              title={why}
              onClick={() => advance.mutate({ body: { hours } })}
            >
              {t(`demo.plus.${word}`)}
            </Button>
          ))}
        </Group>
      )}
    </section>
  );
};
