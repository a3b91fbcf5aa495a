import { Button, Group, Progress, Stack, Text, ThemeIcon } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { stepPlaces, stepRoles } from '#guard/settings';
import { formatNumber } from '#platform/format';
import { Panel } from '#platform/kit';
import { useSession } from '#platform/session';
import { useWords } from '#words';
import classes from './steps.module.css';

/** From an empty system to the first campaign: each step says why, and leads there. Gone when all are done. */
export const Steps = ({ steps }: { readonly steps: HomeBody['steps'] }) => {
  const { t } = useWords();
  const { roles } = useSession();
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  const next = steps.find((step) => !step.done)?.code;
  return (
    <Panel
      title={t('home.steps.title')}
      hint={t('home.steps.progress', { done: formatNumber(done), count: steps.length })}
    >
      <Progress value={(done / steps.length) * 100} size="sm" aria-label={t('home.steps.title')} />
      <Stack component="ol" gap={0} className={classes.steps}>
        {steps.map(({ code, done: isDone }, index) => (
          <li key={code} className={classes.step} aria-current={code === next ? 'step' : undefined}>
            <ThemeIcon
              size={28}
              radius="xl"
              variant={isDone ? 'filled' : code === next ? 'outline' : 'default'}
              color={isDone ? 'teal' : 'accent'}
              aria-hidden
            >
              {isDone ? <IconCheck size={16} /> : <span>{formatNumber(index + 1)}</span>}
            </ThemeIcon>
            <div className={classes.text}>
              <Text size="sm" fw={600}>
                {t(`home.steps.${code}.title`)}
                {isDone ? <span className={classes.done}>{` · ${t('home.steps.done')}`}</span> : null}
              </Text>
              {isDone ? null : (
                <Text size="sm" c="var(--mesure-quiet)">
                  {t(`home.steps.${code}.why`)}
                </Text>
              )}
            </div>
            {isDone ? null : (
              <Group className={classes.go}>
                {stepRoles[code].some((role) => roles.includes(role)) ? (
                  <Button
                    renderRoot={(props) => <Link to={stepPlaces[code]} {...props} />}
                    size="compact-md"
                    variant={code === next ? 'filled' : 'default'}
                  >
                    {t(`home.steps.${code}.go`)}
                  </Button>
                ) : (
                  <Button size="compact-md" disabled title={t('common.error.forbidden')}>
                    {t(`home.steps.${code}.go`)}
                  </Button>
                )}
              </Group>
            )}
          </li>
        ))}
      </Stack>
    </Panel>
  );
};
