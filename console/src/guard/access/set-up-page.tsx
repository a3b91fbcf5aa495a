import { Button, Stack, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { Loading } from '#platform/kit';
import { useWords } from '#words';
import { GuestPage } from './guest-page.tsx';
import { SetUpForm } from './set-up-form.tsx';

const route = getRouteApi('/setup');

/** The first account, with the token that the server printed. */
export const SetUpPage = () => {
  const { t } = useWords();
  const { token } = route.useSearch();
  const { data, isPending, failureCount } = useQuery(queryOf(accessRoutes.readSetUp));
  if (data?.open === false)
    return (
      <GuestPage title={t('access.setUp.closedTitle')}>
        <Text size="sm">{t('access.setUp.closedText')}</Text>
        <Button component={Link} to="/sign-in">
          {t('access.setUp.closedGo')}
        </Button>
      </GuestPage>
    );
  return (
    <GuestPage title={t('access.setUp.title')} wide>
      <Stack gap="lg">
        <Text size="sm">{t('access.setUp.lead')}</Text>
        {isPending && failureCount === 0 ? <Loading lines={8} height={36} /> : <SetUpForm token={token} />}
      </Stack>
    </GuestPage>
  );
};
