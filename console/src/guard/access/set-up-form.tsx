import { Button, Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { accessRoutes } from '@mesure/contract/access';
import { useMutation } from '@tanstack/react-query';
import { callAsGuest } from '#platform/api';
import {
  CurrencySelect,
  focusWrong,
  guessCurrency,
  LanguageChoice,
  NewPassword,
  TimeZoneSelect,
} from '#platform/fields';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { currentLanguage, useWords } from '#words';
import { useEnter } from './enter.ts';

const body = accessRoutes.setUp.body;

export const SetUpForm = ({ token }: { readonly token: string | undefined }) => {
  const { t } = useWords();
  const enter = useEnter();
  const form = useForm({
    initialValues: {
      token: token ?? '',
      workspace: {
        name: '',
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        currency: guessCurrency(navigator.languages),
        language: currentLanguage(),
      },
      account: { email: '', name: '', password: '' },
    },
    validate: validateWith(body),
  });
  const setUp = useMutation({
    mutationFn: (given: typeof form.values) => callAsGuest(accessRoutes.setUp, { body: given }),
    onSuccess: () => enter('/'),
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((given) => setUp.mutate(given), focusWrong(form))}>
      <Stack gap="lg">
        {token ? null : (
          <TextInput
            label={t('access.setUp.token')}
            description={t('access.setUp.tokenHint')}
            required
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('token')}
          />
        )}
        <Fieldset legend={t('access.setUp.shop')}>
          <Stack gap="md">
            <TextInput
              label={t('access.setUp.workspace')}
              description={t('access.setUp.workspaceHint')}
              required
              autoComplete="organization"
              autoFocus
              {...form.getInputProps('workspace.name')}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TimeZoneSelect
                label={t('access.setUp.timeZone')}
                description={t('access.setUp.timeZoneHint')}
                required
                {...form.getInputProps('workspace.timeZone')}
              />
              <Stack gap="md">
                <CurrencySelect
                  label={t('access.setUp.currency')}
                  required
                  {...form.getInputProps('workspace.currency')}
                />
                <LanguageChoice
                  label={t('access.setUp.language')}
                  {...form.getInputProps('workspace.language')}
                />
              </Stack>
            </SimpleGrid>
          </Stack>
        </Fieldset>
        <Fieldset legend={t('access.setUp.you')}>
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label={t('access.name')}
                required
                autoComplete="name"
                {...form.getInputProps('account.name')}
              />
              <TextInput
                label={t('access.email')}
                type="email"
                required
                autoComplete="username"
                {...form.getInputProps('account.email')}
              />
            </SimpleGrid>
            <NewPassword label={t('access.password')} required {...form.getInputProps('account.password')} />
          </Stack>
        </Fieldset>
        <Text size="sm" c="var(--mesure-quiet)">
          {t('access.setUp.later')}
        </Text>
        <ErrorNotice error={setUp.error} />
        <Button type="submit" loading={setUp.isPending}>
          {t('access.setUp.submit')}
        </Button>
      </Stack>
    </form>
  );
};
