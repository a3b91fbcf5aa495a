import { Button, CloseButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '#words';
import { keepTour, readTour } from './kept-tour.ts';
import { closeTour } from './open-tour.ts';
import { placeOfStop } from './stop-place.ts';
import { stops } from './stops.ts';
import classes from './tour-panel.module.css';

/** One stop at a time, beside the page and not over it: the page stays usable. Esc or Skip leaves; the place is kept. */
export const TourPanel = ({ person }: { readonly person: string }) => {
  const { t } = useWords();
  const navigate = useNavigate();
  const [at, setAt] = useState(() => readTour(person).at);
  const heading = useRef<HTMLHeadingElement>(null);
  const stop = stops[at] ?? 'home';
  const last = at === stops.length - 1;

  const go = async (to: number): Promise<void> => {
    const next = stops[to];
    if (next === undefined) return;
    setAt(to);
    keepTour(person, { at: to, seen: true });
    const place = await placeOfStop(next);
    if (place !== null) await navigate({ to: place });
  };
  const leave = (from: number): void => {
    keepTour(person, { at: from, seen: true });
    closeTour();
    document.getElementById('content')?.focus({ preventScroll: true });
  };

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [at]);
  // Somebody who comes back later is taken to where they were.
  const first = useRef(true);
  useEffect(() => {
    if (first.current && at > 0) void placeOfStop(stop).then((to) => (to ? navigate({ to }) : undefined));
    first.current = false;
  }, [at, stop, navigate]);

  return (
    <Paper
      component="aside"
      withBorder
      shadow="md"
      p="md"
      className={classes.panel}
      aria-label={t('tour.name')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        leave(at);
      }}
    >
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
          <div>
            <Text size="xs" c="var(--mesure-quiet)">
              {t('tour.progress', { at: at + 1, of: stops.length })}
            </Text>
            <Title order={2} size="h5" ref={heading} tabIndex={-1} className={classes.heading}>
              {t(`tour.${stop}.title`)}
            </Title>
          </div>
          <CloseButton onClick={() => leave(at)} aria-label={t('tour.close')} />
        </Group>
        <Text size="sm">{t(`tour.${stop}.text`)}</Text>
        <Group justify="space-between" gap="xs">
          <Button size="compact-md" variant="subtle" disabled={at === 0} onClick={() => void go(at - 1)}>
            {t('common.back')}
          </Button>
          <Group gap="xs">
            {last ? null : (
              <Button size="compact-md" variant="default" onClick={() => leave(at)}>
                {t('tour.skip')}
              </Button>
            )}
            <Button size="compact-md" onClick={() => (last ? leave(0) : void go(at + 1))}>
              {last ? t('tour.end') : t('common.next')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
};
