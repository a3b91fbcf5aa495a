import { ActionIcon } from '@mantine/core';
import type { Rule } from '@mesure/contract/segments';
import { IconGripVertical } from '@tabler/icons-react';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { dragged } from './dragged.ts';
import { idOf } from './tree/identity.ts';
import type { Path } from './tree/path.ts';

interface PartHandleProps {
  readonly rule: Rule;
  readonly path: Path;
  readonly label: string;
}

/** Where a part is taken hold of: dragged, moved by Alt with an arrow, removed by Delete. */
export const PartHandle = ({ rule, path, label }: PartHandleProps) => {
  const { t } = useWords();
  const { remove } = useBuilder();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="md"
      mt={3}
      className={classes.handle}
      data-handle={idOf(rule)}
      aria-label={t('audiences.builder.handle', { part: label })}
      title={t('audiences.builder.handleHint')}
      draggable
      onDragStart={(event) => {
        dragged.part = rule;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', label);
      }}
      onDragEnd={() => {
        dragged.part = null;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return;
        event.preventDefault();
        remove(path);
      }}
    >
      <IconGripVertical size={16} aria-hidden />
    </ActionIcon>
  );
};
