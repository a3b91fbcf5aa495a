import { consentRoutes } from '@mesure/contract/consent';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { useWords } from '#words';

const fixed = ['prospecting', 'click_tracking', 'personalisation'] as const;

/** What one can agree to: the three purposes, and the shop's topics. */
export const usePurposes = () => {
  const { t, i18n } = useWords();
  const { data } = useQuery(queryOf(consentRoutes.listTopics));
  const options = [
    ...fixed.map((value) => ({ value: value as string, label: t(`imports.consents.purposes.${value}`) })),
    ...(data?.items ?? []).map(({ key, nameEn, nameFr }) => ({
      value: `topic:${key}`,
      label: t('imports.consents.topic', { name: i18n.language === 'fr' ? nameFr : nameEn }),
    })),
  ];
  return {
    options,
    labelOf: (purpose: string): string => options.find(({ value }) => value === purpose)?.label ?? purpose,
  };
};
