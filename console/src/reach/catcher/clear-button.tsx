import { Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { catcherRoutes } from '@mesure/contract/catcher';
import { IconTrash } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { useMay } from '#platform/session';
import { useWords } from '#words';

/** Cannot be undone: it says how many, twice. */
export const ClearButton = ({ total }: { readonly total: number | undefined }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const [opened, { open, close }] = useDisclosure(false);
  const clear = useCall(catcherRoutes.deleteCaughtMails, {
    onSuccess: ({ deleted }) => {
      close();
      tell(t('catcher.clear.done', { count: deleted }));
    },
    onError: tellError,
  });
  if (!total) return null;
  return (
    <>
      <Tooltip label={t('catcher.mayNot')} disabled={may}>
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => (may ? open() : undefined)}
          {...(may ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          aria-haspopup="dialog"
        >
          {t('catcher.clear.action')}
        </Button>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={close}
        title={t('catcher.clear.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('catcher.clear.text', { count: total })}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button color="red" loading={clear.isPending} onClick={() => clear.mutate({})}>
              {t('catcher.clear.confirm', { count: total })}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
