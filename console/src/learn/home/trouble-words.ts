import { useWords } from '#words';

const known = [
  'brake',
  'restore_hold',
  'sender',
  'sender_changed',
  'transport',
  'rule_failed',
  'claim_failed',
  'approval_void',
  'empty_audience',
  'no_holdout',
  'identity_missing',
  'public_url_missing',
  'public_url_not_https',
  'catcher_off',
] as const;

/** Why something does not go on, in words; the code itself when it is new. */
export const useTroubleWords = () => {
  const { t } = useWords();
  return (code: string | null): string | null => {
    if (code === null) return null;
    const word = known.find((one) => one === code);
    return word ? t(`home.troubles.${word}`) : t('home.troubles.other', { code });
  };
};
