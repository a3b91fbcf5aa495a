import { Button, Table, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import type { z } from 'zod';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant, formatList } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';

type Invitation = z.output<typeof accessRoutes.invite.response>['invitation'];

export const OpenInvitations = ({ invitations }: { readonly invitations: readonly Invitation[] }) => {
  const { t } = useWords();
  const revoke = useCall(accessRoutes.revokeInvitation, {
    refreshes: ['team', 'home'],
    onSuccess: () => tell(t('settings.team.revoked')),
  });
  return (
    <>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('settings.team.who')}</Table.Th>
              <Table.Th>{t('settings.team.rolesTitle')}</Table.Th>
              <Table.Th>{t('settings.team.validUntil')}</Table.Th>
              <Table.Th aria-label={t('settings.team.actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invitations.map(({ id, email, roles, invitedBy, expiresAt }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Text size="sm">{email}</Text>
                  <Text size="xs" c="var(--mesure-quiet)">
                    {t('settings.team.invitedBy', { name: invitedBy })}
                  </Text>
                </Table.Td>
                <Table.Td>{formatList(roles.map((role) => t(`settings.team.roles.${role}`)))}</Table.Td>
                <Table.Td>{formatInstant(expiresAt)}</Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    aria-label={t('settings.team.revokeOf', { email })}
                    onClick={() => revoke.mutate({ params: { invitationId: id } })}
                  >
                    {t('settings.team.revoke')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ErrorNotice error={revoke.error} />
    </>
  );
};
