import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { accessRoutes } from '@mesure/contract/access';
import { IconKey } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { formatNumber } from '#platform/format';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { RoleChoice } from './role-choice.tsx';
import { ShownOnce } from './shown-once.tsx';

type KeyRole = 'marketer' | 'admin';

export const KeyForm = () => {
  const { t } = useWords();
  const form = useForm<{ name: string; roles: KeyRole[]; expiresInDays: number }>({
    initialValues: { name: '', roles: ['marketer'], expiresInDays: 90 },
    validate: validateWith(accessRoutes.createToken.body, {
      roles: t('settings.team.oneRole'),
      expiresInDays: t('common.field.number', { from: formatNumber(1), to: formatNumber(366) }),
    }),
  });
  const create = useCall(accessRoutes.createToken, {
    refreshes: ['tokens'],
    onSuccess: () => form.reset(),
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  const made = create.data;
  return (
    <Stack gap="md">
      <form noValidate onSubmit={form.onSubmit((body) => create.mutate({ body }))}>
        <Stack gap="md">
          <Group align="flex-start" gap="md">
            <TextInput
              label={t('settings.keys.name')}
              description={t('settings.keys.nameHint')}
              required
              autoComplete="off"
              maxLength={120}
              miw={280}
              {...form.getInputProps('name')}
            />
            <NumberInput
              label={t('settings.keys.days')}
              description={t('settings.keys.daysHint')}
              min={1}
              max={366}
              allowDecimal={false}
              {...form.getInputProps('expiresInDays')}
            />
          </Group>
          <RoleChoice<KeyRole>
            label={t('settings.team.rolesTitle')}
            offered={['marketer', 'admin']}
            value={form.values.roles}
            onChange={(roles) => form.setFieldValue('roles', roles)}
            error={form.errors['roles'] as string | undefined}
          />
          <ErrorNotice error={create.error} />
          <Group>
            <Button type="submit" loading={create.isPending}>
              {t('settings.keys.create')}
            </Button>
          </Group>
        </Stack>
      </form>
      {made ? (
        <ShownOnce
          icon={<IconKey aria-hidden />}
          title={t('settings.keys.made', { name: made.token.name })}
          hint={t('settings.keys.once')}
          value={made.secret}
        />
      ) : null}
    </Stack>
  );
};
