import { ActionIcon, Group, Select, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useWords } from '#words';
import type { Reader } from './readers.ts';
import type { Readers } from './use-readers.ts';

/** For whom the preview is: searched by name or address, or stepped through from the oddest on. */
export const ReaderPicker = ({ readers }: { readonly readers: Readers }) => {
  const { t } = useWords();
  const { list = [], found, current } = readers;
  const label = ({ name, picked, email }: Reader): string => {
    if (picked === null) return email === null || email === name ? name : `${name}, ${email}`;
    return picked === 'by_chance' ? name : `${name} (${t(`messages.preview.picked.${picked}`)})`;
  };
  const option = (reader: Reader) => ({ value: reader.id, label: label(reader) });
  const known = new Map(
    [...list, ...found, ...(current ? [current] : [])].map((reader) => [reader.id, reader]),
  );
  const listed = new Set(list.map(({ id }) => id));
  const groups = [
    { group: t('messages.preview.found'), items: [...found, ...(current ? [current] : [])] },
    { group: t('messages.preview.odd'), items: list.filter(({ picked }) => picked !== 'by_chance') },
    { group: t('messages.preview.chance'), items: list.filter(({ picked }) => picked === 'by_chance') },
  ].map(({ group, items }, index) => ({
    group,
    items: (index === 0
      ? [...new Map(items.map((one) => [one.id, one])).values()].filter(({ id }) => !listed.has(id))
      : items
    ).map(option),
  }));
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <Select
        label={t('messages.preview.reader')}
        placeholder={list.length === 0 ? t('messages.preview.nobody') : t('messages.preview.find')}
        flex={1}
        miw={0}
        searchable
        allowDeselect={false}
        value={current?.id ?? null}
        data={groups.filter(({ items }) => items.length > 0)}
        onSearchChange={(text) =>
          readers.search([...known.values()].some((one) => label(one) === text) ? '' : text)
        }
        // The server has searched; names need not contain what was typed.
        filter={({ options, search }) => {
          const needle = search.trim().toLocaleLowerCase();
          const ofServer = new Set(found.map(({ id }) => id));
          const kept = (one: { value: string; label: string }): boolean =>
            needle === '' || ofServer.has(one.value) || one.label.toLocaleLowerCase().includes(needle);
          return options
            .map((one) => ('group' in one ? { ...one, items: one.items.filter(kept) } : one))
            .filter((one) => ('group' in one ? one.items.length > 0 : kept(one)));
        }}
        nothingFoundMessage={t('common.list.empty')}
        onChange={(id) => {
          const reader = id === null ? undefined : known.get(id);
          if (reader) readers.choose(reader);
        }}
      />
      {([-1, 1] as const).map((by) => {
        const name = by === 1 ? t('messages.preview.next') : t('messages.preview.previous');
        return (
          <Tooltip key={by} label={name}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={name}
              disabled={list.length < 2}
              onClick={() => readers.step(by)}
            >
              {by === 1 ? <IconChevronRight size={18} /> : <IconChevronLeft size={18} />}
            </ActionIcon>
          </Tooltip>
        );
      })}
    </Group>
  );
};
