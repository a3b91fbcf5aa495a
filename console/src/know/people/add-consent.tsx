import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { consentRoutes } from '@mesure/contract/consent';
import { useEffect } from 'react';
import { useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { tell } from '#platform/feedback';
import { ErrorNotice, fieldsRefused, validateWith } from '#platform/kit';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { languageName } from './place-names.ts';
import { useEntities, usePurposes } from './purposes.ts';
import { shopInstant } from './shop-time.ts';

interface AddConsentProps {
  readonly id: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface Typed {
  readonly entityId: string;
  readonly purpose: string;
  readonly date: string;
  readonly time: string;
  readonly source: string;
  readonly wording: string;
  readonly language: 'en' | 'fr';
  readonly url: string;
}

const bodyOf = ({ date, time, url, ...rest }: Typed, timeZone: string) => ({
  ...rest,
  channel: 'email' as const,
  at: shopInstant(date, time, timeZone) ?? '',
  ...(url.trim() === '' ? {} : { url: url.trim() }),
});

/** A consent that came on paper or by word: written down with what proves it. */
export const AddConsent = ({ id, opened, onClose }: AddConsentProps) => {
  const { t } = useWords();
  const { timeZone, language } = useSettings();
  const entities = useEntities();
  const purposes = usePurposes();
  const draft = useDraft<Typed>(`consent/${id}`);
  const form = useForm<Typed>({
    initialValues: draft.found ?? {
      entityId: '',
      purpose: 'prospecting',
      date: '',
      time: '',
      source: '',
      wording: '',
      language,
      url: '',
    },
    onValuesChange: draft.keep,
    validate: (values) => {
      const { at, ...errors } = validateWith(consentRoutes.addConsent.body)(bodyOf(values, timeZone));
      return at ? { ...errors, date: at } : errors;
    },
  });
  const first = entities.find(({ isDefault }) => isDefault) ?? entities[0];
  const { setFieldValue } = form;
  const chosen = form.values.entityId;
  useEffect(() => {
    if (chosen === '' && first) setFieldValue('entityId', first.id);
  }, [chosen, first, setFieldValue]);
  const add = useCall(consentRoutes.addConsent, {
    refreshes: ['consent'],
    onSuccess: () => {
      draft.forget();
      form.reset();
      tell(t('people.consents.added'));
      onClose();
    },
    onError: (error) => {
      const { at, ...refused } = fieldsRefused(error);
      form.setErrors(at ? { ...refused, date: at } : refused);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('people.consents.add')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => add.mutate({ params: { id }, body: bodyOf(values, timeZone) }))}
      >
        <Stack gap="sm">
          <Alert color="gray">{t('people.consents.addHint')}</Alert>
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <Select
              label={t('people.consents.purpose')}
              data={purposes.all.map((value) => ({ value, label: purposes.nameOf(value) }))}
              allowDeselect={false}
              {...form.getInputProps('purpose')}
            />
            <Select
              label={t('people.consents.entity')}
              data={entities.map(({ id: value, name: label }) => ({ value, label }))}
              allowDeselect={false}
              {...form.getInputProps('entityId')}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={t('people.consents.date')}
              withAsterisk
              {...form.getInputProps('date')}
            />
            <TextInput
              type="time"
              label={t('people.consents.time')}
              description={timeZone.replaceAll('_', ' ')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps('time')}
            />
          </Group>
          <TextInput
            label={t('people.proof.source')}
            description={t('people.consents.sourceHint')}
            withAsterisk
            dir="auto"
            {...form.getInputProps('source')}
          />
          <Textarea
            label={t('people.consents.wording')}
            description={t('people.consents.wordingHint')}
            withAsterisk
            autosize
            minRows={3}
            maxRows={12}
            dir="auto"
            {...form.getInputProps('wording')}
          />
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <Select
              label={t('people.consents.wordingLanguage')}
              data={(['fr', 'en'] as const).map((value) => ({ value, label: languageName(value) }))}
              allowDeselect={false}
              {...form.getInputProps('language')}
            />
            <TextInput
              type="url"
              label={`${t('people.proof.url')} (${t('common.optional')})`}
              {...form.getInputProps('url')}
            />
          </Group>
          {add.error && Object.keys(form.errors).length === 0 ? <ErrorNotice error={add.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('people.consents.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
