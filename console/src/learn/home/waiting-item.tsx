import { Button, Text } from '@mantine/core';
import type { HomeWaiting } from '@mesure/contract/home';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { formatInstant } from '#platform/format';
import { reasonWords } from '#platform/reasons';
import { lazyPart } from '#platform/update';
import { useWords } from '#words';
import classes from './waiting.module.css';
import { placeOf } from './waiting-places.ts';

/** Seldom needed, and a dialogue weighs more than the page. */
const ConfirmRelease = lazyPart(async () => (await import('./confirm-release.tsx')).ConfirmRelease);
const ReleaseHold = lazyPart(async () => (await import('./release-hold.tsx')).ReleaseHold);

const Action = ({ item }: { readonly item: HomeWaiting }) => {
  const { t } = useWords();
  const place = placeOf(item);
  if (item.code === 'confirm_release') return <ConfirmRelease campaign={item.subject.id} />;
  if (item.code === 'delivery_hold') return <ReleaseHold id={item.subject.id} />;
  if (place === null) return null;
  return (
    <Button
      renderRoot={(props) => <Link to={place} {...props} />}
      size="compact-md"
      variant={item.code === 'approve' || item.code === 'start' ? 'filled' : 'default'}
    >
      {t(`home.waiting.go.${item.code}`)}
    </Button>
  );
};

/** One matter: what it is, who asks since when, and the one thing to do. */
export const WaitingItem = ({ item }: { readonly item: HomeWaiting }) => {
  const { t } = useWords();
  const { code, subject, by, since, detail, count } = item;
  const name = subject.name ?? t(`home.waiting.subjects.${subject.kind}`);
  const about =
    code === 'campaign_trouble' || code === 'sender_problem'
      ? detail && reasonWords(detail)
      : code === 'delivery_hold'
        ? t('home.waiting.holdWhy')
        : detail;
  const meta = [
    by ? t('home.waiting.by', { name: by.name }) : null,
    since ? t('home.waiting.since', { at: formatInstant(since) }) : null,
  ].filter((part) => part !== null);
  return (
    <li className={classes.item}>
      <div className={classes.text}>
        <Text size="sm" fw={600} dir="auto">
          {t(`home.waiting.what.${code}`, { name, count: count ?? 0 })}
        </Text>
        {about ? (
          <Text size="sm" dir="auto" lineClamp={3}>
            {code === 'changes_requested' || code === 'confirm_release'
              ? t('home.waiting.quote', { text: about })
              : about}
          </Text>
        ) : null}
        {meta.length > 0 ? (
          <Text size="xs" c="var(--mesure-quiet)">
            {meta.join(' · ')}
          </Text>
        ) : null}
      </div>
      <Suspense>
        <Action item={item} />
      </Suspense>
    </li>
  );
};
