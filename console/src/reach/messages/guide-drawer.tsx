import { Drawer, Stack, Tabs, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Loading } from '#platform/kit';
import { useWords } from '#words';
import classes from './messages.module.css';
import { useGuide, useTraits } from './use-completions.ts';

interface GuideDrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Puts this text where the cursor is. */
  readonly onInsert: ((text: string) => void) | null;
}

interface Entry {
  readonly key: string;
  readonly group: string | null;
  readonly title: string;
  readonly code: string;
  readonly note: string | null;
  readonly insert: string;
}

/** Everything that a message can be written with, as the renderer has it; a press inserts it. */
export const GuideDrawer = ({ opened, onClose, onInsert }: GuideDrawerProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const { data: guide } = useGuide();
  const traits = useTraits();
  const [search, setSearch] = useState('');
  const needle = search.trim().toLocaleLowerCase();
  const gives = (what: string): string => `${t('messages.guide.gives')} ${what}`;
  const kinds: Readonly<Record<'fields' | 'filters' | 'tags' | 'components', readonly Entry[]>> = {
    fields: [
      ...(guide?.fields ?? []).map(({ path, group, label, always, example }) => ({
        key: path,
        group: t(`messages.guide.group.${group}`),
        title: label[language],
        code: example,
        note: always ? null : t('messages.guide.fallback'),
        insert: example,
      })),
      ...(traits ?? []).map(({ key, people }) => {
        const path = /^[A-Za-z_][\w-]*$/.test(key)
          ? `profile.traits.${key}`
          : `profile.traits[${JSON.stringify(key)}]`;
        const example = `{{ ${path} | default: "" }}`;
        return {
          key: path,
          group: t('messages.guide.traits'),
          title: key,
          code: example,
          note: t('messages.guide.people', { count: people }),
          insert: example,
        };
      }),
    ],
    filters: (guide?.filters ?? []).map(({ name, about, example, gives: result }) => ({
      key: name,
      group: null,
      title: `${name}: ${about[language]}`,
      code: example,
      note: gives(result[language]),
      insert: example,
    })),
    tags: (guide?.tags ?? []).map(({ name, about, example, gives: result }) => ({
      key: name,
      group: null,
      title: `${name}: ${about[language]}`,
      code: example,
      note: gives(result),
      insert: example,
    })),
    components: (guide?.components ?? []).map(({ name, about, inside }) => ({
      key: name,
      group: null,
      title: about[language],
      code: `<${name}>`,
      note: t('messages.guide.inside', { places: inside.join(', ') }),
      insert: `<${name}></${name}>`,
    })),
  };
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      title={t('messages.guide.title')}
      size="md"
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {guide ? (
        <Stack gap="sm">
          <TextInput
            type="search"
            label={t('messages.guide.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Tabs defaultValue="fields" keepMounted={false}>
            <Tabs.List>
              {(['fields', 'filters', 'tags', 'components'] as const).map((kind) => (
                <Tabs.Tab key={kind} value={kind}>
                  {t(`messages.guide.${kind}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {(['fields', 'filters', 'tags', 'components'] as const).map((kind) => {
              const kept = kinds[kind].filter(({ title, code }) =>
                `${title} ${code}`.toLocaleLowerCase().includes(needle),
              );
              return (
                <Tabs.Panel key={kind} value={kind} pt="sm">
                  {kept.length === 0 ? <Text size="sm">{t('messages.guide.nothing')}</Text> : null}
                  {kept.map((entry, index) => (
                    <div key={entry.key}>
                      {entry.group !== null && entry.group !== kept[index - 1]?.group ? (
                        <Title order={3} size="h6" mt="sm" mb={4}>
                          {entry.group}
                        </Title>
                      ) : null}
                      <UnstyledButton
                        className={classes.guideItem}
                        disabled={onInsert === null}
                        onClick={() => onInsert?.(entry.insert)}
                      >
                        <Text size="sm" span display="block">
                          {entry.title}
                        </Text>
                        <Text size="xs" ff="monospace" span display="block" className={classes.code}>
                          {entry.code}
                        </Text>
                        {entry.note ? (
                          <Text size="xs" c="var(--mesure-quiet)" span display="block">
                            {entry.note}
                          </Text>
                        ) : null}
                      </UnstyledButton>
                    </div>
                  ))}
                </Tabs.Panel>
              );
            })}
          </Tabs>
        </Stack>
      ) : (
        <Loading />
      )}
    </Drawer>
  );
};
