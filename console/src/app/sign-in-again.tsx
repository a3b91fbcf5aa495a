import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { useState } from 'react';
import { callAsGuest, expiredSession, nowInside, queryClient, useStore } from '#platform/api';
import { ErrorNotice } from '#platform/kit';
import { listen } from '#platform/live';
import { useSession } from '#platform/session';
import { useWords } from '#words';

/** Over the page as it is: signing in again goes on with what was being done. */
export const SignInAgain = () => {
  const { t } = useWords();
  const session = useSession();
  const waiting = useStore(expiredSession);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await callAsGuest(accessRoutes.signIn, {
        body: { email: session.email ?? '', password, workspaceId: session.workspace.id },
      });
      setPassword('');
      waiting?.answer(true);
      listen();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const leave = (): void => {
    waiting?.answer(false);
    nowInside(false);
    queryClient.clear();
    window.location.assign('/sign-in');
  };
  return (
    <Modal
      opened={waiting !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title={t('shell.signInAgain.title')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('shell.signInAgain.text')}</Text>
          <input type="email" autoComplete="username" value={session.email ?? ''} readOnly hidden />
          <PasswordInput
            data-autofocus
            label={t('shell.signInAgain.password')}
            description={session.email}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ErrorNotice error={error} />
          <Group justify="space-between">
            <Button variant="subtle" onClick={leave}>
              {t('shell.signInAgain.leave')}
            </Button>
            <Button type="submit" loading={busy} disabled={password === ''}>
              {t('shell.signInAgain.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
