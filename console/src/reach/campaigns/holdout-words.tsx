import { List } from '@mantine/core';
import { formatNumber } from '#platform/format';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { detectable } from './detectable.ts';

const SOME = 100_000;

/** What a holdout costs and what it can show, before anything is known: in people and buyers, not in variances. */
export const HoldoutWords = ({
  people,
  share,
}: {
  /** Null: no audience is chosen; undefined: still being counted. */
  readonly people: number | null | undefined;
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
  if (people === null) return null;
  // Counting keeps the place of the words.
  const counting = people === undefined;
  const total = people ?? SOME;
  const { heldOut, perHundred } = detectable(total, share);
  return (
    <List size="sm" aria-live="polite" style={counting ? { visibility: 'hidden' } : {}}>
      <List.Item>{t('campaigns.holdout.cost', { count: heldOut, total })}</List.Item>
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
