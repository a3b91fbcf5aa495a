import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { useState } from 'react';
import type { z } from 'zod';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatDate, formatInstant } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { RevokeCell } from './revoke-cell.tsx';
import { roleNames } from './role-names.ts';
import { TableFrame } from './table-frame.tsx';

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
      <TableFrame
        minWidth={640}
        titles={[
          t('settings.keys.name'),
          t('settings.team.rolesTitle'),
          t('settings.keys.lastUsed'),
          t('settings.keys.until'),
        ]}
      >
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
            <Table.Td>{roleNames(key.roles)}</Table.Td>
            <Table.Td>
              {key.lastUsedAt === null ? t('settings.keys.never') : formatInstant(key.lastUsedAt)}
            </Table.Td>
            <Table.Td>{formatDate(key.expiresAt)}</Table.Td>
            <RevokeCell
              text={t('settings.keys.revoke')}
              label={t('settings.keys.revokeOf', { name: key.name })}
              onRevoke={() => setLeaving(key)}
            />
          </Table.Tr>
        ))}
      </TableFrame>
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
