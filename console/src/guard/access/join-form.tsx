import { Button, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { accessRoutes } from '@mesure/contract/access';
import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { callAsGuest } from '#platform/api';
import { focusWrong, NewPassword } from '#platform/fields';
import { formatInstant, formatList } from '#platform/format';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { useEnter } from './enter.ts';

interface JoinFormProps {
  readonly token: string;
  readonly invitation: z.output<typeof accessRoutes.readInvitation.response>;
}

export const JoinForm = ({ token, invitation }: JoinFormProps) => {
  const { t } = useWords();
  const enter = useEnter();
  const validate = validateWith(accessRoutes.acceptInvitation.body.pick({ name: true, password: true }));
  const form = useForm({
    initialValues: { known: false, name: '', password: '' },
    // The name of an account that exists stays as it is.
    validate: (given) => {
      const { known, name, password } = given;
      return validate({ name: known ? invitation.email : name, password });
    },
  });
  const join = useMutation({
    mutationFn: ({ known, name, password }: typeof form.values) =>
      callAsGuest(accessRoutes.acceptInvitation, {
        body: { token, password, name: known ? invitation.email : name },
      }),
    onSuccess: () => enter('/'),
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  const { known } = form.values;
  return (
    <form noValidate onSubmit={form.onSubmit((given) => join.mutate(given), focusWrong(form))}>
      <Stack gap="md">
        <Text size="sm">
          {t('access.join.lead', {
            email: invitation.email,
            roles: formatList(invitation.roles.map((role) => t(`access.roles.${role}`))),
          })}{' '}
          {t('access.join.until', { at: formatInstant(invitation.expiresAt) })}
        </Text>
        <Radio.Group
          label={t('access.join.who')}
          value={known ? 'known' : 'new'}
          onChange={(value) => form.setFieldValue('known', value === 'known')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="new" label={t('access.join.isNew')} />
            <Radio value="known" label={t('access.join.known')} description={t('access.join.knownHint')} />
          </Stack>
        </Radio.Group>
        <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
        {known ? (
          <PasswordInput
            label={t('access.password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
        ) : (
          <>
            <TextInput
              label={t('access.name')}
              autoComplete="name"
              required
              {...form.getInputProps('name')}
            />
            <NewPassword label={t('access.password')} required {...form.getInputProps('password')} />
          </>
        )}
        <ErrorNotice error={join.error} />
        <Button type="submit" loading={join.isPending}>
          {t('access.join.submit')}
        </Button>
      </Stack>
    </form>
  );
};
