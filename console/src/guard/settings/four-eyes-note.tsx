import { Alert } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useWords } from '#words';

/** Why a colleague is needed before anything can be sent. */
export const FourEyes = () => {
  const { t } = useWords();
  return (
    <Alert color="yellow" icon={<IconUsers aria-hidden />} title={t('settings.team.aloneTitle')}>
      {t('settings.team.alone')}
    </Alert>
  );
};
