import { Text } from '@mantine/core';
import type { HomeBody } from '@mesure/contract/home';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import classes from './waiting.module.css';
import { WaitingItem } from './waiting-item.tsx';

/** What only this person can do now, the most urgent first, each with its one action. */
export const Waiting = ({ waiting }: { readonly waiting: HomeBody['waiting'] }) => {
  const { t } = useWords();
  return (
    <Panel title={t('home.waiting.title')}>
      {waiting.length === 0 ? (
        <Text size="sm">{t('home.waiting.nothing')}</Text>
      ) : (
        <ul className={classes.list}>
          {waiting.map((item) => (
            <WaitingItem key={`${item.code} ${item.subject.id} ${item.detail ?? ''}`} item={item} />
          ))}
        </ul>
      )}
    </Panel>
  );
};
