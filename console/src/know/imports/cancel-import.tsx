import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { importsRoutes } from '@mesure/contract/imports';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { forgetUploadsOf } from './uploads.ts';

/** Cannot be undone: the files are forgotten. So it is asked. */
export const CancelImport = ({ id, moving }: { readonly id: string; readonly moving: boolean }) => {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  const cancel = useCall(importsRoutes.cancelImport, {
    onSuccess: () => {
      forgetUploadsOf(id);
      close();
      tell(moving ? t('imports.progress.stopping') : t('imports.check.cancelled'));
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('imports.check.cancel')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('imports.check.cancelTitle')}>
        <Stack gap="md">
          <Text size="sm">{t('imports.check.cancelText')}</Text>
          <ErrorNotice error={cancel.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('imports.check.keep')}
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { id } })}>
              {t('imports.check.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
