import { Button, Group, Modal, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ImportConsent, importConsent } from '@mesure/contract/imports';
import { validateWith } from '#platform/kit';
import { useWords } from '#words';
import { usePurposes } from './use-purposes.ts';

interface AddConsentProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly header: readonly string[];
  readonly entities: readonly { readonly id: string; readonly name: string; readonly isDefault: boolean }[];
  readonly onAdd: (consent: ImportConsent) => void;
}

interface Typed {
  purpose: string;
  entityId: string;
  column: string;
  dateColumn: string;
  sourceIs: string;
  sourceText: string;
  sourceColumn: string;
  wording: string;
}

const consentOf = (typed: Typed): unknown => ({
  purpose: typed.purpose,
  column: typed.column,
  dateColumn: typed.dateColumn,
  source: typed.sourceIs === 'column' ? { column: typed.sourceColumn } : { text: typed.sourceText.trim() },
  ...(typed.entityId === '' ? {} : { entityId: typed.entityId }),
  ...(typed.wording.trim() === '' ? {} : { wording: typed.wording }),
});

const blank: Typed = {
  purpose: 'prospecting',
  entityId: '',
  column: '',
  dateColumn: '',
  sourceIs: 'text',
  sourceText: '',
  sourceColumn: '',
  wording: '',
};

export const AddConsent = ({ opened, onClose: close, header, entities, onAdd }: AddConsentProps) => {
  const { t } = useWords();
  const { options } = usePurposes();
  const form = useForm<Typed>({
    initialValues: blank,
    validate: (typed) => {
      const { source, ...errors } = validateWith(importConsent)(consentOf(typed));
      const wrongSource = source ?? errors['source.text'] ?? errors['source.column'];
      if (!wrongSource) return errors;
      return { ...errors, [typed.sourceIs === 'column' ? 'sourceColumn' : 'sourceText']: wrongSource };
    },
  });
  const columns = [...new Set(header)].filter((name) => name !== '');
  return (
    <Modal opened={opened} onClose={close} title={t('imports.consents.add')} size="lg">
      <form
        onSubmit={form.onSubmit((typed) => {
          onAdd(importConsent.parse(consentOf(typed)));
          form.reset();
          close();
        })}
      >
        <Stack gap="md">
          <Select
            data-autofocus
            label={t('imports.consents.purpose')}
            data={options}
            allowDeselect={false}
            {...form.getInputProps('purpose')}
          />
          {entities.length > 1 ? (
            <Select
              label={t('imports.consents.entity')}
              data={entities.map(({ id, name }) => ({ value: id, label: name }))}
              placeholder={entities.find(({ isDefault }) => isDefault)?.name}
              {...form.getInputProps('entityId')}
            />
          ) : null}
          <Select
            label={t('imports.consents.column')}
            data={columns}
            searchable
            limit={200}
            required
            {...form.getInputProps('column')}
          />
          <Select
            label={t('imports.consents.dateColumn')}
            data={columns}
            searchable
            limit={200}
            required
            {...form.getInputProps('dateColumn')}
          />
          <Radio.Group label={t('imports.consents.source')} {...form.getInputProps('sourceIs')}>
            <Group mt="xs">
              <Radio value="text" label={t('imports.consents.sourceText')} />
              <Radio value="column" label={t('imports.consents.sourceColumn')} />
            </Group>
          </Radio.Group>
          {form.values.sourceIs === 'column' ? (
            <Select
              label={t('imports.consents.sourceColumnLabel')}
              data={columns}
              searchable
              limit={200}
              required
              {...form.getInputProps('sourceColumn')}
            />
          ) : (
            <TextInput
              label={t('imports.consents.sourceTextLabel')}
              description={t('imports.consents.sourceTextHint')}
              required
              maxLength={500}
              {...form.getInputProps('sourceText')}
            />
          )}
          <Textarea
            label={t('imports.consents.wording')}
            description={t('imports.consents.wordingHint')}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps('wording')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit">{t('imports.consents.add')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
