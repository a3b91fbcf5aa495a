import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { IconLink } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { formatInstant } from '#platform/format';
import { CopyText, ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { RoleChoice } from './role-choice.tsx';

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
        <Alert
          color="teal"
          role="status"
          icon={<IconLink aria-hidden />}
          title={t('settings.team.linkFor', { email: made.invitation.email })}
        >
          <Stack gap="xs">
            <Text size="sm">
              {t('settings.team.linkOnce', { at: formatInstant(made.invitation.expiresAt) })}
            </Text>
            <CopyText value={made.link} />
          </Stack>
        </Alert>
      ) : null}
    </Stack>
  );
};
