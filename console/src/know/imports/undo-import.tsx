import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ImportDetail, importsRoutes } from '@mesure/contract/imports';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';

/** Takes a committed import back as a whole: a deliberate act that says what goes. */
export const UndoImport = ({ found }: { readonly found: ImportDetail }) => {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  const [sure, setSure] = useState(false);
  const undo = useCall(importsRoutes.undoImport, {
    onSuccess: () => {
      close();
      tell(t('imports.undo.begun'));
    },
  });
  const { report } = found;
  const lines = (report?.productLines ?? 0) + (report?.otherLines ?? 0);
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={18} aria-hidden />} onClick={open}>
        {t('imports.undo.action')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('imports.undo.title')}>
        <Stack gap="md">
          <Text size="sm">{t('imports.undo.text')}</Text>
          <Text size="sm" fw={600}>
            {t('imports.undo.facts', {
              count: lines,
              orders: (report?.orders.completed ?? 0) + (report?.orders.refunded ?? 0),
              people: report?.people.new ?? 0,
            })}
          </Text>
          <Checkbox
            label={t('imports.undo.sure')}
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
          <ErrorNotice error={undo.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.close')}
            </Button>
            <Button
              color="red"
              disabled={!sure}
              loading={undo.isPending}
              onClick={() => undo.mutate({ params: { id: found.id } })}
            >
              {t('imports.undo.confirm', { count: lines })}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
