import { Button, Menu } from '@mantine/core';
import type { Rule } from '@mesure/contract/segments';
import { IconPlus } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { useWords } from '#words';
import { useBuilder } from './builder-context.ts';
import { dragged } from './dragged.ts';
import { append, insertAt, moveTo } from './tree/edit.ts';
import { fresh, type LeafKind, leafKinds } from './tree/fresh.ts';
import { isGroup, type Path, pathOf, ruleAt } from './tree/path.ts';

/** `parent`: the group that the new condition goes into; null: at the end of the whole rule. */
export const AddPart = ({ parent }: { readonly parent: Path | null }) => {
  const { t } = useWords();
  const { root, known, currency, act, disabled } = useBuilder();
  const group = parent === null ? undefined : ruleAt(root, parent);
  const end = group !== undefined && isGroup(group) ? group.rules.length : 0;
  const add = (kind: LeafKind, within?: 'any' | 'not'): void => {
    const leaf = fresh(kind, known, currency);
    const made: Rule =
      within === 'any'
        ? { kind: 'any', rules: [leaf] }
        : within === 'not'
          ? { kind: 'not', rule: leaf }
          : leaf;
    act(parent === null ? append(root, made) : insertAt(root, { parent, index: end }, made), made);
  };
  const onDrop = (event: DragEvent): void => {
    const from = dragged.part === null ? undefined : pathOf(root, dragged.part);
    if (from === undefined || parent === null) return;
    event.preventDefault();
    event.stopPropagation();
    const moved = moveTo(root, from, { parent, index: end });
    if (moved && dragged.part) act(moved, dragged.part);
  };
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <Button
          mt="xs"
          size="compact-sm"
          variant="subtle"
          disabled={disabled}
          data-add
          leftSection={<IconPlus size={14} aria-hidden />}
          onDragOver={(event) => {
            if (dragged.part !== null && parent !== null) event.preventDefault();
          }}
          onDrop={onDrop}
        >
          {t('audiences.add.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {leafKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => add(kind)}>
            {t(`audiences.add.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => add('field', 'any')}>{t('audiences.add.any')}</Menu.Item>
        <Menu.Item onClick={() => add('event', 'not')}>{t('audiences.add.not')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
