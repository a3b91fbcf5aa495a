import { Group, SegmentedControl, Text } from '@mantine/core';
import type { AllRule, AnyRule, NotRule, Rule } from '@mesure/contract/segments';
import { Fragment, type ReactNode } from 'react';
import { useWords } from '#words';
import { AddPart } from './add-part.tsx';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { PartHandle } from './part-handle.tsx';
import { PartMenu } from './part-menu.tsx';
import { asKind } from './tree/edit.ts';
import { idOf } from './tree/identity.ts';
import { type Path, partsOf } from './tree/path.ts';

interface GroupPartProps {
  readonly rule: AllRule | AnyRule | NotRule;
  readonly path: Path;
  /** Draws what stands inside. */
  readonly partAt: (part: Rule, path: Path) => ReactNode;
}

/** A group of conditions: all of them, any of them, or not this one. */
export const GroupPart = ({ rule, path, partAt }: GroupPartProps) => {
  const { t } = useWords();
  const { root, act, disabled, problemAt } = useBuilder();
  const parts = partsOf(rule);
  const label = t(`audiences.group.${rule.kind}`);
  const problem = problemAt(path);
  return (
    <div
      className={classes.group}
      data-kind={rule.kind}
      data-root={path.length === 0 ? true : undefined}
      role="group"
      aria-label={label}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap" mb="xs" align="flex-start">
        <Group gap="xs">
          {path.length === 0 ? null : <PartHandle rule={rule} path={path} label={label} />}
          {rule.kind === 'not' ? (
            <Text size="sm" fw={600}>
              {t('audiences.group.notThis')}
            </Text>
          ) : (
            <SegmentedControl
              size="xs"
              aria-label={t('audiences.group.kind')}
              value={rule.kind}
              disabled={disabled}
              onChange={(kind) => act(asKind(root, path, kind === 'any' ? 'any' : 'all'))}
              data={[
                { value: 'all', label: t('audiences.group.all') },
                { value: 'any', label: t('audiences.group.any'), disabled: parts.length === 0 },
              ]}
            />
          )}
        </Group>
        {path.length === 0 && parts.length === 0 ? null : <PartMenu rule={rule} path={path} label={label} />}
      </Group>
      {parts.length === 0 ? (
        <Text size="sm" c="var(--mesure-quiet)" mb="xs">
          {t('audiences.group.empty')}
        </Text>
      ) : (
        <ul className={classes.parts}>
          {parts.map((part, index) => (
            <Fragment key={idOf(part)}>
              {index > 0 ? (
                <li className={classes.between} aria-hidden>
                  {t(rule.kind === 'any' ? 'audiences.group.or' : 'audiences.group.and')}
                </li>
              ) : null}
              <li>{partAt(part, [...path, index])}</li>
            </Fragment>
          ))}
        </ul>
      )}
      {rule.kind === 'not' ? null : <AddPart parent={path} />}
      {problem ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" mt="xs">
          {t(`audiences.problem.${problem}`)}
        </Text>
      ) : null}
    </div>
  );
};
