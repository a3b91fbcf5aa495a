import { List } from '@mantine/core';
import { formatNumber } from '#platform/format';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { detectable } from './detectable.ts';

/** What a holdout costs and what it can show, before anything is known: in people and buyers, not in variances. */
export const HoldoutWords = ({
  people,
  share,
}: {
  readonly people: number | undefined;
  readonly share: number;
}) => {
  const { t } = useWords();
  const { experimentWindowDays } = useSettings();
  if (!(share > 0))
    return (
      <List size="sm">
        <List.Item>{t('campaigns.holdout.nothing')}</List.Item>
      </List>
    );
  if (people === undefined) return null;
  const { heldOut, perHundred } = detectable(people, share);
  return (
    <List size="sm" aria-live="polite">
      <List.Item>{t('campaigns.holdout.cost', { count: heldOut, total: people })}</List.Item>
      <List.Item>
        {perHundred === null || perHundred > 50
          ? t('campaigns.holdout.tooFew')
          : t('campaigns.holdout.shows', {
              points: formatNumber(Math.round(perHundred * 10) / 10),
              days: experimentWindowDays,
            })}
      </List.Item>
    </List>
  );
};
