import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { IconLink } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { formatInstant } from '#platform/format';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { RoleChoice } from './role-choice.tsx';
import { ShownOnce } from './shown-once.tsx';

export const InviteForm = ({ locked }: { readonly locked: string | undefined }) => {
  const { t } = useWords();
  const form = useForm<{ email: string; roles: Role[] }>({
    initialValues: { email: '', roles: ['approver'] },
    validate: validateWith(accessRoutes.invite.body, { roles: t('settings.team.oneRole') }),
  });
  const invite = useCall(accessRoutes.invite, {
    refreshes: ['team', 'home'],
    onSuccess: () => form.reset(),
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  const made = invite.data;
  return (
    <Stack gap="md">
      <form noValidate onSubmit={form.onSubmit((body) => invite.mutate({ body }))}>
        <Stack gap="md">
          <TextInput
            label={t('settings.team.email')}
            type="email"
            required
            autoComplete="off"
            disabled={locked !== undefined}
            maw={420}
            {...form.getInputProps('email')}
          />
          <RoleChoice
            label={t('settings.team.rolesTitle')}
            value={form.values.roles}
            onChange={(roles) => form.setFieldValue('roles', roles)}
            error={form.errors['roles'] as string | undefined}
            disabled={locked !== undefined}
          />
          <ErrorNotice error={invite.error} />
          <Group>
            <Button type="submit" loading={invite.isPending} disabled={locked !== undefined} title={locked}>
              {t('settings.team.makeLink')}
            </Button>
          </Group>
        </Stack>
      </form>
      {made ? (
        <ShownOnce
          icon={<IconLink aria-hidden />}
          title={t('settings.team.linkFor', { email: made.invitation.email })}
          hint={t('settings.team.linkOnce', { at: formatInstant(made.invitation.expiresAt) })}
          value={made.link}
        />
      ) : null}
    </Stack>
  );
};
