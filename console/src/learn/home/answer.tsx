import type { HomeBody } from '@mesure/contract/home';
import { useWords } from '#words';

/** The page in a sentence or two: what was sent, what was not, what waits. */
export const Answer = ({ home }: { readonly home: HomeBody }) => {
  const { t } = useWords();
  const { sent } = home.happened;
  const notSent = home.notSent.last7Days.total;
  const parts = [
    sent === 0 && notSent === 0
      ? t('home.answer.nothing')
      : `${t('home.answer.sent', { count: sent })} ${t('home.answer.notSent', { count: notSent })}`,
    home.brake.engaged ? t('home.answer.brake') : null,
    home.waiting.length === 0
      ? t('home.answer.waitsNothing')
      : t('home.answer.waits', { count: home.waiting.length }),
  ];
  return parts.filter((part) => part !== null).join(' ');
};
