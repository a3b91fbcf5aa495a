import { Button, Group, Modal, Stack } from '@mantine/core';
import type { Role } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { useState } from 'react';
import { call, refresh, useCall } from '#platform/api';
import { tellWithUndo } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import type { Member } from './members.tsx';
import { RoleChoice } from './role-choice.tsx';

interface RolesDialogProps {
  readonly member: Member;
  readonly onClose: () => void;
}

const concerned = ['team', 'access', 'home'];

export const RolesDialog = ({ member, onClose }: RolesDialogProps) => {
  const { t } = useWords();
  const { accountId, name, roles: before } = member;
  const [roles, setRoles] = useState<readonly Role[]>(before);
  const change = useCall(accessRoutes.changeRoles, {
    refreshes: concerned,
    onSuccess: () => {
      onClose();
      tellWithUndo(t('settings.team.rolesChanged', { name }), async () => {
        await call(accessRoutes.changeRoles, { params: { accountId }, body: { roles: before } });
        await refresh(...concerned);
      });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('settings.team.rolesOf', { name })}>
      <Stack gap="md">
        <RoleChoice
          label={t('settings.team.rolesTitle')}
          value={roles}
          onChange={setRoles}
          error={roles.length === 0 ? t('settings.team.oneRole') : undefined}
        />
        <ErrorNotice error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={roles.length === 0}
            loading={change.isPending}
            onClick={() => change.mutate({ params: { accountId }, body: { roles: [...roles] } })}
          >
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
