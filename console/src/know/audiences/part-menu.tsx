import { ActionIcon, Menu } from '@mantine/core';
import type { Rule } from '@mesure/contract/segments';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconFolderPlus,
  IconFolderSymlink,
  IconMinus,
  IconTrash,
} from '@tabler/icons-react';
import { useWords } from '#words';
import { useBuilder } from './builder-context.ts';
import { duplicate, step, unwrap, wrap } from './tree/edit.ts';
import { type Path, partsOf, ruleAt } from './tree/path.ts';

interface PartMenuProps {
  readonly rule: Rule;
  readonly path: Path;
  readonly label: string;
}

/** Everything one can do with a part of the rule. */
export const PartMenu = ({ rule, path, label }: PartMenuProps) => {
  const { t } = useWords();
  const { root, act, remove, disabled } = useBuilder();
  const [first] = partsOf(rule);
  const grouped = (kind: 'all' | 'any' | 'not') => {
    const next = wrap(root, path, kind);
    act(next, next && ruleAt(next, path));
  };
  const up = step(root, path, 'up');
  const down = step(root, path, 'down');
  const ungrouped = first === undefined ? undefined : unwrap(root, path);
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          mt={3}
          disabled={disabled}
          aria-label={t('audiences.builder.menu', { part: label })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={16} aria-hidden />}
          disabled={up === undefined}
          onClick={() => act(up, rule)}
        >
          {t('audiences.builder.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={16} aria-hidden />}
          disabled={down === undefined}
          onClick={() => act(down, rule)}
        >
          {t('audiences.builder.down')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => act(duplicate(root, path), rule)}
        >
          {t('audiences.builder.duplicate')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => grouped('all')}>
          {t('audiences.builder.wrapAll')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => grouped('any')}>
          {t('audiences.builder.wrapAny')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMinus size={16} aria-hidden />} onClick={() => grouped('not')}>
          {t('audiences.builder.wrapNot')}
        </Menu.Item>
        {first === undefined ? null : (
          <Menu.Item
            leftSection={<IconFolderSymlink size={16} aria-hidden />}
            disabled={ungrouped === undefined}
            onClick={() => act(ungrouped, first)}
          >
            {t('audiences.builder.unwrap')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => remove(path)}>
          {t('common.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
