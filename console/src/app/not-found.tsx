import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '#platform/kit';
import { useWords } from '#words';

export const NotFound = () => {
  const { t } = useWords();
  return (
    <Page title={t('common.error.notFound')} answer={t('common.error.notFoundHint')}>
      <Button component={Link} to="/" variant="default" w="fit-content">
        {t('shell.palette.go', { place: t('shell.places.home') })}
      </Button>
    </Page>
  );
};
