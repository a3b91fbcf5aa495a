import { Button, Text } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { formatNumber, formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useWords } from '#words';
import classes from './not-sent.module.css';

interface NotSentProps {
  readonly notSent: HomeBody['notSent'];
  /** In the last seven days. */
  readonly sent: number;
}

const route = getRouteApi('/inside/');

/** Restraint, counted: each message that was not sent has its reason. */
export const NotSent = ({ notSent, sent }: NotSentProps) => {
  const { t } = useWords();
  const { since } = route.useSearch();
  const navigate = useNavigate();
  const shown = since === 'start' ? notSent.sinceStart : notSent.last7Days;
  const most = shown.byReason[0]?.count ?? 1;
  return (
    <Panel
      title={t('home.notSent.title')}
      actions={
        // Two buttons: the first page of all loads no more than it must.
        <Button.Group aria-label={t('home.notSent.period')}>
          {(['week', 'start'] as const).map((period) => (
            <Button
              key={period}
              size="compact-sm"
              variant={period === (since ?? 'week') ? 'light' : 'default'}
              aria-pressed={period === (since ?? 'week')}
              onClick={() =>
                void navigate({
                  to: '/',
                  search: { since: period === 'start' ? 'start' : undefined },
                  replace: true,
                })
              }
            >
              {t(`home.notSent.${period}`)}
            </Button>
          ))}
        </Button.Group>
      }
    >
      {shown.total === 0 ? (
        <Text size="sm">{t('home.notSent.nothing')}</Text>
      ) : (
        <>
          <Text size="sm">
            {t('home.notSent.total', { count: shown.total })}
            {since === 'start'
              ? ''
              : ` ${t('home.notSent.share', { share: formatShare(shown.total / (shown.total + sent), 0) })}`}
          </Text>
          <ul className={classes.list}>
            {shown.byReason.map(({ reason, count }) => (
              <li key={reason} className={classes.row}>
                <span className={classes.reason}>{reasonWords(reason)}</span>
                <span className={classes.count}>{formatNumber(count)}</span>
                <span className={classes.bar} aria-hidden>
                  <span style={{ inlineSize: `${(count / most) * 100}%` }} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
};
