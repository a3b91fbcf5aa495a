import { ActionIcon, Group, NumberInput, Select, Text, TextInput, Tooltip } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { messageSchema } from '@mesure/contract/messages';
import { IconTrash } from '@tabler/icons-react';
import type { z } from 'zod';
import { tellWithUndo } from '#platform/feedback';
import { formatShare } from '#platform/format';
import { useWords } from '#words';
import type { FormValues } from './form-values.ts';

interface VariantRowProps {
  readonly form: UseFormReturnType<FormValues>;
  readonly index: number;
  readonly share: number;
  readonly messages: readonly z.output<typeof messageSchema>[];
}

export const VariantRow = ({ form, index, share, messages }: VariantRowProps) => {
  const { t } = useWords();
  const variant = form.values.variants[index];
  if (!variant) return null;
  const chosen = messages.find(({ id }) => id === variant.messageId);
  const remove = (): void => {
    form.removeListItem('variants', index);
    tellWithUndo(t('campaigns.what.removed', { key: variant.key }), () => {
      form.insertListItem('variants', variant, index);
      return Promise.resolve();
    });
  };
  return (
    <Group
      align="flex-start"
      gap="sm"
      component="fieldset"
      aria-label={t('campaigns.variant', { variant: variant.key })}
      m={0}
      p={0}
      bd="none"
    >
      <TextInput
        w="6rem"
        label={t('campaigns.what.key')}
        maxLength={20}
        {...form.getInputProps(`variants.${String(index)}.key`)}
      />
      <Select
        flex="1 1 14rem"
        label={t('campaigns.what.message')}
        placeholder={t('campaigns.what.choose')}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('common.list.empty')}
        data={messages.map(({ id, name, language }) => ({
          value: id,
          label: `${name} · ${language.toUpperCase()}`,
        }))}
        description={chosen ? t('campaigns.what.subject', { subject: chosen.subject }) : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...form.getInputProps(`variants.${String(index)}.messageId`)}
        value={variant.messageId === '' ? null : variant.messageId}
        onChange={(id) => form.setFieldValue(`variants.${String(index)}.messageId`, id ?? '')}
      />
      <NumberInput
        w="7rem"
        label={t('campaigns.what.weight')}
        min={0}
        max={1000}
        {...form.getInputProps(`variants.${String(index)}.weight`)}
      />
      <Text size="sm" w="4.5rem" mt={34} ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {formatShare(share)}
      </Text>
      <Tooltip label={t('campaigns.what.remove', { key: variant.key })}>
        <ActionIcon
          variant="default"
          size="lg"
          mt={26}
          onClick={remove}
          aria-label={t('campaigns.what.remove', { key: variant.key })}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
};
