import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { accessRoutes } from '@mesure/contract/access';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { NewPassword } from '#platform/fields';
import { ErrorNotice, fieldsRefused, Panel, validateWith } from '#platform/kit';
import { useSession } from '#platform/session';
import { useWords } from '#words';
import { SettingsPage } from './settings-page.tsx';

/** One's own password. */
export const PasswordPage = () => {
  const { t } = useWords();
  const { email } = useSession();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: (values) => ({
      ...validateWith(accessRoutes.changePassword.body)(values),
      ...(values.currentPassword === '' ? { currentPassword: t('common.field.required') } : {}),
    }),
  });
  const change = useCall(accessRoutes.changePassword, {
    refreshes: ['access'],
    onSuccess: () => {
      form.reset();
      tell(t('settings.password.changed'));
    },
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  return (
    <SettingsPage section="password">
      <Panel>
        <form noValidate onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
          <Stack gap="md" maw={480}>
            <input type="email" autoComplete="username" value={email ?? ''} readOnly hidden />
            <PasswordInput
              label={t('settings.password.current')}
              autoComplete="current-password"
              required
              {...form.getInputProps('currentPassword')}
            />
            <NewPassword
              label={t('settings.password.next')}
              required
              {...form.getInputProps('newPassword')}
            />
            <ErrorNotice error={change.error} />
            <Group>
              <Button type="submit" loading={change.isPending}>
                {t('settings.password.change')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </SettingsPage>
  );
};
