import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { accessRoutes } from '@mesure/contract/access';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { callAsGuest, queryOf } from '#platform/api';
import { ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { useEnter } from './enter.ts';
import { GuestPage } from './guest-page.tsx';

const route = getRouteApi('/sign-in');

export const SignInPage = () => {
  const { t } = useWords();
  const { to } = route.useSearch();
  const enter = useEnter();
  const setUp = useQuery(queryOf(accessRoutes.readSetUp));
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => callAsGuest(accessRoutes.signIn, { body }),
    onSuccess: () => enter(to),
  });
  if (setUp.isPending && setUp.failureCount === 0)
    return (
      <GuestPage title={t('access.signIn.title')}>
        <Loading lines={4} height={36} />
      </GuestPage>
    );
  return (
    <GuestPage title={t('access.signIn.title')}>
      {setUp.data?.open ? (
        <Alert icon={<IconInfoCircle aria-hidden />} title={t('access.signIn.setUpTitle')}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('access.signIn.setUpText')}</Text>
            <Anchor component={Link} to="/setup" size="sm" fw={600} underline="always">
              {t('access.signIn.setUpGo')}
            </Anchor>
          </Stack>
        </Alert>
      ) : null}
      <form onSubmit={form.onSubmit((body) => signIn.mutate(body))}>
        <Stack gap="md">
          <TextInput
            label={t('access.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('access.password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <ErrorNotice error={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {t('access.signIn.submit')}
          </Button>
        </Stack>
      </form>
    </GuestPage>
  );
};
