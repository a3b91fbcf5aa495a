import { Table, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import type { z } from 'zod';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { RevokeCell } from './revoke-cell.tsx';
import { roleNames } from './role-names.ts';
import { TableFrame } from './table-frame.tsx';

type Invitation = z.output<typeof accessRoutes.invite.response>['invitation'];

export const OpenInvitations = ({ invitations }: { readonly invitations: readonly Invitation[] }) => {
  const { t } = useWords();
  const revoke = useCall(accessRoutes.revokeInvitation, {
    refreshes: ['team', 'home'],
    onSuccess: () => tell(t('settings.team.revoked')),
  });
  return (
    <>
      <TableFrame
        minWidth={520}
        titles={[t('settings.team.who'), t('settings.team.rolesTitle'), t('settings.team.validUntil')]}
      >
        {invitations.map(({ id, email, roles, invitedBy, expiresAt }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Text size="sm">{email}</Text>
              <Text size="xs" c="var(--mesure-quiet)">
                {t('settings.team.invitedBy', { name: invitedBy })}
              </Text>
            </Table.Td>
            <Table.Td>{roleNames(roles)}</Table.Td>
            <Table.Td>{formatInstant(expiresAt)}</Table.Td>
            <RevokeCell
              text={t('settings.team.revoke')}
              label={t('settings.team.revokeOf', { email })}
              onRevoke={() => revoke.mutate({ params: { invitationId: id } })}
            />
          </Table.Tr>
        ))}
      </TableFrame>
      <ErrorNotice error={revoke.error} />
    </>
  );
};
