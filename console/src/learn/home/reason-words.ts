import { useWords } from '#words';

const known = [
  'no_consent',
  'withdrawn',
  'topic_withdrawn',
  'suppressed',
  'person_paused',
  'pressure',
  'purchase',
  'no_product',
  'no_address',
  'profile_removed',
  'holdout',
  'global_holdout',
  'template',
  'content_changed',
  'stopped',
  'cancelled',
  'blocked',
  'deferred_too_often',
  'settled_by_hand',
] as const;

/** Why messages were not sent, in words; the code itself when it is new. */
export const useReasonWords = () => {
  const { t } = useWords();
  return (code: string): string => {
    const word = known.find((one) => one === code);
    return word ? t(`home.reasons.${word}`) : code;
  };
};
