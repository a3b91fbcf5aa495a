import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { consentRoutes } from '@mesure/contract/consent';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { usePurposes } from './purposes.ts';
import type { PurposeHistory } from './standing.ts';

interface WithdrawConsentProps {
  readonly id: string;
  readonly history: PurposeHistory | null;
  readonly onClose: () => void;
}

/** A person said no by word or letter: it counts from now on, and how they said it stays beside it. */
export const WithdrawConsent = ({ id, history, onClose }: WithdrawConsentProps) => {
  const { t } = useWords();
  const { nameOf } = usePurposes();
  const form = useForm({
    initialValues: { source: '' },
    validate: validateWith(consentRoutes.withdrawConsent.body.pick({ source: true })),
  });
  const close = (): void => {
    form.reset();
    onClose();
  };
  const withdraw = useCall(consentRoutes.withdrawConsent, {
    refreshes: ['consent', 'sends'],
    onSuccess: () => {
      tell(t('people.consents.withdrawn_done'));
      close();
    },
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  return (
    <Modal
      opened={history !== null}
      onClose={close}
      title={t('people.consents.withdrawTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ source }) => {
          if (history === null) return;
          const { entityId, channel, purpose } = history;
          withdraw.mutate({ params: { id }, body: { entityId, channel, purpose, source } });
        })}
      >
        <Stack gap="sm">
          <Text size="sm">
            {t('people.consents.withdrawText', { purpose: history ? nameOf(history.purpose) : '' })}
          </Text>
          <TextInput
            label={t('people.consents.how')}
            description={t('people.consents.howHint')}
            withAsterisk
            data-autofocus
            dir="auto"
            {...form.getInputProps('source')}
          />
          {withdraw.error && Object.keys(form.errors).length === 0 ? (
            <ErrorNotice error={withdraw.error} />
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={withdraw.isPending}>
              {t('people.consents.withdraw')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
