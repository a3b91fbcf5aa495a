import { Button, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { ApiError } from '@mesure/contract/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { callAsGuest } from '#platform/api';
import { ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { GuestPage } from './guest-page.tsx';
import { JoinForm } from './join-form.tsx';

const route = getRouteApi('/join');

const isOver = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'unprocessable' || error.code === 'invalid_request');

const Dead = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const { t } = useWords();
  return (
    <GuestPage title={title}>
      <Text size="sm">{text}</Text>
      <Button component={Link} to="/sign-in" variant="default">
        {t('access.join.signIn')}
      </Button>
    </GuestPage>
  );
};

/** An invitation is accepted: by somebody new, or with an account that exists. */
export const JoinPage = () => {
  const { t } = useWords();
  const { token = '' } = route.useSearch();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => callAsGuest(accessRoutes.readInvitation, { body: { token } }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === '') return <Dead title={t('access.join.missingTitle')} text={t('access.join.missing')} />;
  if (isOver(invitation.error))
    return <Dead title={t('access.join.goneTitle')} text={t('access.join.gone')} />;
  return (
    <GuestPage title={t('access.join.title', { workspace: invitation.data?.workspaceName ?? '…' })}>
      <ErrorNotice error={invitation.error} onRetry={() => void invitation.refetch()} />
      {invitation.isPending ? <Loading lines={5} height={36} /> : null}
      {invitation.data ? <JoinForm token={token} invitation={invitation.data} /> : null}
    </GuestPage>
  );
};
