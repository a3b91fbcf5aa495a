import { formatNumber, formatShare } from '#platform/format';
import { useWords } from '#words';
import type { Tallied } from './tally.ts';
import classes from './tally-bar.module.css';

interface TallyBarProps {
  readonly parts: readonly Tallied[];
  readonly audience: number;
}

/** Everybody of the audience in one bar: each part has its colour and its pattern, and its words below. */
export const TallyBar = ({ parts, audience }: TallyBarProps) => {
  const { t } = useWords();
  return (
    <div>
      <div className={classes.bar} role="img" aria-label={t('campaigns.progress.bar', { count: audience })}>
        {parts.map(({ part, people }) => (
          <span key={part} className={classes.part} data-part={part} style={{ flexGrow: people }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map(({ part, people, share }) => (
          <li key={part}>
            <span className={classes.swatch} data-part={part} aria-hidden />
            {t(`campaigns.tally.${part}`)} <strong>{formatNumber(people)}</strong> ({formatShare(share)})
          </li>
        ))}
      </ul>
    </div>
  );
};
