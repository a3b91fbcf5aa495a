import type { Rule } from '@mesure/contract/segments';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { dragged } from './dragged.ts';
import { GroupPart } from './group-part.tsx';
import { LeafPart } from './leaf-part.tsx';
import { moveTo, step } from './tree/edit.ts';
import { isGroup, type Path, pathOf, ruleAt } from './tree/path.ts';

interface RulePartProps {
  readonly rule: Rule;
  readonly path: Path;
}

/** Any part of a rule: takes Alt with an arrow to move, and other parts dropped before or behind it. */
export const RulePart = ({ rule, path }: RulePartProps) => {
  const { root, act, disabled } = useBuilder();
  const [over, setOver] = useState<'before' | 'after' | null>(null);
  const parent = path.slice(0, -1);
  const holder = ruleAt(root, parent);
  const takesDrops = path.length > 0 && holder !== undefined && isGroup(holder) && !disabled;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || disabled) return;
    event.preventDefault();
    event.stopPropagation();
    act(step(root, path, event.key === 'ArrowUp' ? 'up' : 'down'), rule);
  };
  const sideOf = (event: DragEvent): 'before' | 'after' => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return event.clientY < top + height / 2 ? 'before' : 'after';
  };
  const onDragOver = (event: DragEvent): void => {
    if (!takesDrops || dragged.part === null) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(sideOf(event));
  };
  const onDrop = (event: DragEvent): void => {
    const from = dragged.part === null ? undefined : pathOf(root, dragged.part);
    setOver(null);
    if (!takesDrops || from === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (path.at(-1) ?? 0) + (sideOf(event) === 'after' ? 1 : 0);
    const moved = moveTo(root, from, { parent, index });
    if (moved && dragged.part) act(moved, dragged.part);
  };

  return (
    // The handle and the menu inside do the same by pressing; this listens to their keys and to drops.
    <div
      role="presentation"
      className={classes.part}
      data-over={over ?? undefined}
      onKeyDown={onKeyDown}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(null)}
      onDrop={onDrop}
    >
      {rule.kind === 'all' || rule.kind === 'any' || rule.kind === 'not' ? (
        <GroupPart rule={rule} path={path} partAt={(part, place) => <RulePart rule={part} path={place} />} />
      ) : (
        <LeafPart rule={rule} path={path} />
      )}
    </div>
  );
};
