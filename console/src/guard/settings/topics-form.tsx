import { ActionIcon, Button, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { consentRoutes, type topicSchema } from '@mesure/contract/consent';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { z } from 'zod';
import { call, refresh, useCall } from '#platform/api';
import { tellWithUndo } from '#platform/feedback';
import { ErrorNotice, Panel, validateWith } from '#platform/kit';
import { useWords } from '#words';
import { Restored } from './restored.tsx';
import { SaveBar } from './save-bar.tsx';
import { topicKey } from './topic-key.ts';
import { useKeptForm } from './use-kept-form.ts';

type Topic = z.output<typeof topicSchema>;
interface TopicsFormProps {
  readonly stored: readonly Topic[];
  readonly locked: string | undefined;
}

const MOST = 30;
const check = validateWith(consentRoutes.saveTopics.body);

/** A new topic gets its key from its name when it is saved. */
const keyed = (items: readonly Topic[]): Topic[] => {
  const taken = items.flatMap(({ key }) => (key === '' ? [] : [key]));
  return items.map((topic) => {
    if (topic.key !== '') return topic;
    const key = topicKey(topic.nameEn || topic.nameFr, taken);
    taken.push(key);
    return { ...topic, key };
  });
};

export const TopicsForm = ({ stored, locked }: TopicsFormProps) => {
  const { t } = useWords();
  const disabled = locked !== undefined;
  const add = useRef<HTMLButtonElement>(null);
  const { form, dirty, restored, saved, reset } = useKeptForm<{ readonly items: readonly Topic[] }>({
    name: 'settings/topics',
    stored: { items: stored },
    validate: ({ items }) => check({ items: keyed(items) }),
  });
  const save = useCall(consentRoutes.saveTopics, { refreshes: ['consent'] });
  const { items } = form.values;
  const submit = (): void => {
    if (form.validate().hasErrors) return;
    const before = [...stored];
    save.mutate(
      { body: { items: keyed(items) } },
      {
        onSuccess: (answer) => {
          saved({ items }, { items: answer.items });
          tellWithUndo(t('common.saved'), async () => {
            await call(consentRoutes.saveTopics, { body: { items: before } });
            await refresh('consent');
          });
        },
      },
    );
  };
  const remove = (index: number): void => {
    form.setFieldValue(
      'items',
      items.filter((_topic, at) => at !== index),
    );
    add.current?.focus();
  };
  return (
    <Stack gap="md">
      {restored ? <Restored onDiscard={reset} /> : null}
      <Panel>
        {items.length === 0 ? (
          <Text size="sm">{t('settings.topics.empty')}</Text>
        ) : (
          <Table.ScrollContainer minWidth={480}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('settings.topics.nameEn')}</Table.Th>
                  <Table.Th>{t('settings.topics.nameFr')}</Table.Th>
                  <Table.Th>{t('settings.topics.key')}</Table.Th>
                  <Table.Th aria-label={t('common.remove')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((topic, index) => (
                  // Rows are told apart by their place: a new one has no key yet.
                  <Table.Tr key={`topic-${String(index)}`}>
                    <Table.Td>
                      <TextInput
                        lang="en"
                        aria-label={t('settings.topics.nameEn')}
                        disabled={disabled}
                        {...form.getInputProps(`items.${index}.nameEn`)}
                      />
                    </Table.Td>
                    <Table.Td>
                      <TextInput
                        lang="fr"
                        aria-label={t('settings.topics.nameFr')}
                        disabled={disabled}
                        {...form.getInputProps(`items.${index}.nameFr`)}
                      />
                    </Table.Td>
                    <Table.Td>
                      {topic.key === '' ? (
                        <Text size="sm" c="var(--mesure-quiet)">
                          {t('settings.topics.keyLater')}
                        </Text>
                      ) : (
                        <Code>{topic.key}</Code>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <ActionIcon
                        variant="subtle"
                        color="red"
                        size="lg"
                        disabled={disabled}
                        aria-label={t('settings.topics.remove', {
                          name: topic.nameEn || topic.nameFr || topic.key,
                        })}
                        onClick={() => remove(index)}
                      >
                        <IconTrash size={18} aria-hidden />
                      </ActionIcon>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Group>
          <Button
            ref={add}
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            disabled={disabled || items.length >= MOST}
            onClick={() => form.setFieldValue('items', [...items, { key: '', nameEn: '', nameFr: '' }])}
          >
            {t('settings.topics.add')}
          </Button>
        </Group>
        <Text size="sm" c="var(--mesure-quiet)">
          {t('settings.topics.ledger')}
        </Text>
      </Panel>
      <ErrorNotice error={save.error} />
      <SaveBar dirty={dirty} saving={save.isPending} locked={locked} onSave={submit} onReset={reset} />
    </Stack>
  );
};
