import { consentRoutes } from '@mesure/contract/consent';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { useWords } from '#words';

const general = ['prospecting', 'personalisation', 'click_tracking'] as const;

/** The purposes that somebody can agree to here, and what each is called. */
export const usePurposes = () => {
  const { t, i18n } = useWords();
  const topics = useQuery(queryOf(consentRoutes.listTopics)).data?.items ?? [];
  const nameOf = (purpose: string): string => {
    const known = general.find((each) => each === purpose);
    if (known) return t(`people.purpose.${known}`);
    const key = purpose.replace(/^topic:/, '');
    const topic = topics.find((each) => each.key === key);
    const name = topic && (i18n.language === 'fr' ? topic.nameFr : topic.nameEn);
    return t('people.purpose.topic', { name: name ?? key });
  };
  const all = [...general, ...topics.map(({ key }) => `topic:${key}`)];
  return { nameOf, all };
};

/** Who speaks: the legal senders of the workspace. */
export const useEntities = () => useQuery(queryOf(consentRoutes.listEntities)).data?.items ?? [];
