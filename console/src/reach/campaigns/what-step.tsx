import { Button, NumberInput, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { messagesRoutes } from '@mesure/contract/messages';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Panel, PlaceLink } from '#platform/kit';
import { useWords } from '#words';
import { type FormValues, nextKey } from './form-values.ts';
import { VariantRow } from './variant-row.tsx';

export const WhatStep = ({ form }: { readonly form: UseFormReturnType<FormValues> }) => {
  const { t } = useWords();
  const messages = useQuery(queryOf(messagesRoutes.listMessages, { query: { limit: 200 } }));
  const { variants } = form.values;
  const total = variants.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0);
  const add = (): void =>
    form.insertListItem('variants', { key: nextKey(variants), messageId: '', weight: 1 });
  return (
    <Panel title={t('campaigns.edit.step.what')} hint={t('campaigns.what.hint')}>
      <Stack gap="md">
        {variants.length === 0 ? <Text size="sm">{t('campaigns.what.none')}</Text> : null}
        {variants.map((variant, index) => (
          <VariantRow
            // The place is the identity: keys are typed.
            key={`variant-${String(index)}`}
            form={form}
            index={index}
            share={total > 0 ? (Number(variant.weight) || 0) / total : 0}
            messages={messages.data?.items ?? []}
          />
        ))}
        {typeof form.errors['variants'] === 'string' ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {form.errors['variants']}
          </Text>
        ) : null}
        <ErrorNotice error={messages.error} onRetry={() => void messages.refetch()} />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={add}
          disabled={variants.length >= 20}
          style={{ alignSelf: 'flex-start' }}
        >
          {variants.length === 0 ? t('campaigns.what.addFirst') : t('campaigns.what.add')}
        </Button>
        <PlaceLink to="/messages">{t('campaigns.what.toMessages')}</PlaceLink>
        <NumberInput
          maw={320}
          label={t('campaigns.part.productCount')}
          description={t('campaigns.what.productsHint')}
          min={0}
          max={12}
          allowDecimal={false}
          {...form.getInputProps('productCount')}
        />
      </Stack>
    </Panel>
  );
};
