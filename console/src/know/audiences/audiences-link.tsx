import { AnchorLink } from '#know/people';
import { useWords } from '#words';

/** Above an audience: back to all of them. */
export const AudiencesLink = () => {
  const { t } = useWords();
  return (
    <AnchorLink to="/audiences" size="sm">
      {t('audiences.title')}
    </AnchorLink>
  );
};
