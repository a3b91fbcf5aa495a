import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { useState } from 'react';
import type { z } from 'zod';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatDate, formatInstant, formatList } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';

type ApiKey = z.output<typeof accessRoutes.createToken.response>['token'];

export const KeyList = ({ keys }: { readonly keys: readonly ApiKey[] }) => {
  const { t } = useWords();
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const revoke = useCall(accessRoutes.revokeToken, {
    refreshes: ['tokens'],
    onSuccess: () => {
      setLeaving(null);
      tell(t('settings.keys.revoked'));
    },
  });
  if (keys.length === 0) return <Text size="sm">{t('settings.keys.none')}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('settings.keys.name')}</Table.Th>
              <Table.Th>{t('settings.team.rolesTitle')}</Table.Th>
              <Table.Th>{t('settings.keys.lastUsed')}</Table.Th>
              <Table.Th>{t('settings.keys.until')}</Table.Th>
              <Table.Th aria-label={t('settings.team.actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td>
                  <Text size="sm" fw={600} dir="auto">
                    {key.name}
                  </Text>
                  <Text size="xs" c="var(--mesure-quiet)">
                    {t('settings.keys.madeBy', { name: key.createdBy, at: formatDate(key.createdAt) })}
                  </Text>
                </Table.Td>
                <Table.Td>{formatList(key.roles.map((role) => t(`settings.team.roles.${role}`)))}</Table.Td>
                <Table.Td>
                  {key.lastUsedAt === null ? t('settings.keys.never') : formatInstant(key.lastUsedAt)}
                </Table.Td>
                <Table.Td>{formatDate(key.expiresAt)}</Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    aria-label={t('settings.keys.revokeOf', { name: key.name })}
                    onClick={() => setLeaving(key)}
                  >
                    {t('settings.keys.revoke')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t('settings.keys.revokeOf', { name: leaving?.name ?? '' })}
      >
        <Stack gap="md">
          <Text size="sm">{t('settings.keys.revokeText')}</Text>
          <ErrorNotice error={revoke.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setLeaving(null)}>
              {t('common.cancel')}
            </Button>
            <Button
              color="red"
              loading={revoke.isPending}
              onClick={() => (leaving ? revoke.mutate({ params: { tokenId: leaving.id } }) : undefined)}
            >
              {t('settings.keys.revoke')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
