import type { Rule } from '@mesure/contract/segments';
import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { tell, tellWithUndo } from '#platform/feedback';
import { useSettings } from '#platform/session';
import { useWords } from '#words';
import { AddPart } from './add-part.tsx';
import classes from './builder.module.css';
import { type Builder, BuilderContext } from './builder-context.ts';
import { RulePart } from './rule-part.tsx';
import { changeAt, type Edited, removeAt } from './tree/edit.ts';
import type { Known } from './tree/fresh.ts';
import { idOf } from './tree/identity.ts';
import { isGroup, type Path, ruleAt } from './tree/path.ts';
import { validate } from './tree/validate.ts';

interface RuleBuilderProps {
  readonly rule: Rule;
  readonly known: Known;
  readonly disabled: boolean;
  readonly onChange: (rule: Rule, typing?: string) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

/** The rule as something to build: every part is moved, grouped and taken away by pointer and by keyboard. */
export const RuleBuilder = ({ rule, known, disabled, onChange, onUndo, onRedo }: RuleBuilderProps) => {
  const { t } = useWords();
  const { currency } = useSettings();
  const frame = useRef<HTMLDivElement>(null);

  const focusOn = useCallback((part: Rule): void => {
    requestAnimationFrame(() => {
      frame.current?.querySelector<HTMLElement>(`[data-handle="${idOf(part)}"]`)?.focus();
    });
  }, []);

  const builder = useMemo<Builder>(() => {
    const problems = new Map(validate(rule).map(({ path, code }) => [path.join('.'), code]));
    const act = (edited: Edited, focus?: Rule): void => {
      if (edited === undefined) {
        tell(t('audiences.builder.impossible'));
        return;
      }
      onChange(edited);
      if (focus) focusOn(focus);
    };
    const remove = (path: Path): void => {
      const before = rule;
      const parentPath = path.slice(0, -1);
      const next = removeAt(rule, path);
      onChange(next);
      const parent = ruleAt(next, parentPath) ?? next;
      const neighbour = isGroup(parent) ? (parent.rules[path.at(-1) ?? 0] ?? parent.rules.at(-1)) : undefined;
      if (neighbour) focusOn(neighbour);
      else requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[data-add]')?.focus());
      tellWithUndo(t('audiences.builder.removed'), async () => onChange(before));
    };
    return {
      root: rule,
      known,
      currency,
      disabled,
      problemAt: (path) => problems.get(path.join('.')),
      act,
      change: (path, next, typing) =>
        onChange(
          changeAt(rule, path, next),
          typing === undefined ? undefined : `${idOf(ruleAt(rule, path) ?? rule)} ${typing}`,
        ),
      remove,
    };
  }, [rule, known, currency, disabled, onChange, focusOn, t]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || disabled) return;
    const key = event.key.toLowerCase();
    const back = key === 'z' && !event.shiftKey;
    const forth = key === 'y' || (key === 'z' && event.shiftKey);
    if (!back && !forth) return;
    event.preventDefault();
    event.stopPropagation();
    if (back) onUndo();
    else onRedo();
  };

  return (
    <BuilderContext value={builder}>
      {/* A listener for a shortcut of the fields inside; nothing here is pressed. */}
      <div ref={frame} role="group" aria-label={t('audiences.builder.label')} onKeyDownCapture={onKeyDown}>
        <fieldset disabled={disabled} className={classes.fields}>
          <RulePart rule={rule} path={[]} />
          {isGroup(rule) ? null : <AddPart parent={null} />}
        </fieldset>
      </div>
    </BuilderContext>
  );
};
