import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { useState } from 'react';
import type { z } from 'zod';
import { call, refresh, useCall } from '#platform/api';
import { tellWithUndo } from '#platform/feedback';
import { formatDate } from '#platform/format';
import { ErrorNotice, StateBadge } from '#platform/kit';
import { useSession } from '#platform/session';
import { useWords } from '#words';
import { RolesDialog } from './roles-dialog.tsx';
import { TableFrame } from './table-frame.tsx';

export type Member = z.output<typeof accessRoutes.changeRoles.response>;

interface MembersProps {
  readonly members: readonly Member[];
  readonly locked: string | undefined;
}

const concerned = ['team', 'home'];

export const Members = ({ members, locked }: MembersProps) => {
  const { t } = useWords();
  const session = useSession();
  const [changing, setChanging] = useState<Member | null>(null);
  const disable = useCall(accessRoutes.disableMember, {
    refreshes: concerned,
    onSuccess: ({ accountId, name }) =>
      tellWithUndo(t('settings.team.disabledNow', { name }), async () => {
        await call(accessRoutes.enableMember, { params: { accountId } });
        await refresh(...concerned);
      }),
  });
  const enable = useCall(accessRoutes.enableMember, { refreshes: concerned });
  return (
    <Stack gap="sm">
      <TableFrame
        minWidth={620}
        titles={[t('settings.team.who'), t('settings.team.rolesTitle'), t('settings.team.since')]}
      >
        {members.map((member) => {
          const { accountId, name, email, roles, disabled, since } = member;
          const self = accountId === session.id;
          const why = locked ?? (self ? t('settings.team.notYourself') : undefined);
          return (
            <Table.Tr key={accountId}>
              <Table.Td>
                <Group gap="xs">
                  <Text size="sm" fw={600} dir="auto">
                    {name}
                  </Text>
                  {self ? <Text size="sm">{t('settings.team.you')}</Text> : null}
                  {disabled ? <StateBadge tone="neutral">{t('settings.team.disabled')}</StateBadge> : null}
                </Group>
                <Text size="sm" c="var(--mesure-quiet)">
                  {email}
                </Text>
              </Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {roles.map((role) => (
                    <Badge key={role} variant="default" tt="none" fw={500} miw="max-content">
                      {t(`settings.team.roles.${role}`)}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{formatDate(since)}</Text>
              </Table.Td>
              <Table.Td>
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={locked !== undefined}
                    title={locked}
                    onClick={() => setChanging(member)}
                  >
                    {t('settings.team.changeRoles')}
                  </Button>
                  {disabled ? (
                    <Button
                      size="compact-sm"
                      variant="default"
                      disabled={locked !== undefined}
                      title={locked}
                      onClick={() => enable.mutate({ params: { accountId } })}
                    >
                      {t('settings.team.enable')}
                    </Button>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      disabled={why !== undefined}
                      title={why}
                      onClick={() => disable.mutate({ params: { accountId } })}
                    >
                      {t('settings.team.disable')}
                    </Button>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </TableFrame>
      <ErrorNotice error={disable.error ?? enable.error} />
      {changing ? <RolesDialog member={changing} onClose={() => setChanging(null)} /> : null}
    </Stack>
  );
};
