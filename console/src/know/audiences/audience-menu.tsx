import { ActionIcon, Menu } from '@mantine/core';
import { type SegmentBody, segmentsRoutes } from '@mesure/contract/segments';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { isolated } from '#know/people';
import { call, refresh } from '#platform/api';
import { tellError, tellWithUndo } from '#platform/feedback';
import { useMay } from '#platform/session';
import { useWords } from '#words';

/** What one does with a whole audience besides saving it. */
export const AudienceMenu = ({ segment }: { readonly segment: SegmentBody }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'approver', 'admin');
  const navigate = useNavigate();
  const { id, name } = segment;
  const remove = async (): Promise<void> => {
    // First away from it: the page would ask for what is no longer there.
    await navigate({ to: '/audiences' });
    await call(segmentsRoutes.deleteSegment, { params: { id } });
    await refresh('segments', 'home');
    tellWithUndo(t('audiences.deleted', { name: isolated(name) }), async () => {
      await call(segmentsRoutes.restoreSegment, { params: { id } });
      await refresh('segments', 'home');
      await navigate({ to: '/audiences/$id', params: { id } });
    });
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('audiences.menu')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/audiences/new', search: { from: segment.id } })}
        >
          {t('audiences.duplicate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={!may}
          onClick={() => void remove().catch(tellError)}
        >
          {may ? t('common.delete') : `${t('common.delete')} · ${t('common.error.forbidden')}`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
