import { ActionIcon, Alert, Button, Group, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { RuleBuilder } from './rule-builder.tsx';
import { RuleTextEditor } from './rule-text-editor.tsx';
import type { Known } from './tree/fresh.ts';
import type { Editing } from './use-editing.ts';

export type RuleForm = 'builder' | 'text';

interface RuleFormsProps {
  readonly editing: Editing;
  readonly known: Known;
  readonly form: RuleForm;
  readonly onForm: (form: RuleForm) => void;
  readonly readOnly: boolean;
}

/** The same rule to build or to write; switching loses nothing. */
export const RuleForms = ({ editing, known, form, onForm, readOnly }: RuleFormsProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const { parsed, unread } = editing;
  return (
    <Panel
      title={t('audiences.rule')}
      actions={
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size="md"
            disabled={!editing.canUndo || readOnly}
            onClick={editing.undo}
            aria-label={t('audiences.undo')}
            title={`${t('audiences.undo')} (Ctrl Z)`}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="md"
            disabled={!editing.canRedo || readOnly}
            onClick={editing.redo}
            aria-label={t('audiences.redo')}
            title={`${t('audiences.redo')} (Ctrl Shift Z)`}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
          <SegmentedControl
            size="xs"
            aria-label={t('audiences.form.label')}
            value={form}
            onChange={(next) => onForm(next === 'text' ? 'text' : 'builder')}
            data={[
              { value: 'builder', label: t('audiences.form.builder') },
              { value: 'text', label: t('audiences.form.text') },
            ]}
          />
        </Group>
      }
    >
      {form === 'text' ? (
        <RuleTextEditor text={editing.shownText} parsed={parsed} known={known} onChange={editing.type} />
      ) : (
        <>
          {unread && !parsed.ok ? (
            <Alert
              color="yellow"
              styles={{ title: { color: 'var(--mantine-color-text)' } }}
              title={t('audiences.text.unread', { line: parsed.error.line, column: parsed.error.column })}
            >
              {parsed.error.message[language]}
              <Group gap="xs" mt="xs">
                <Button size="compact-sm" onClick={() => onForm('text')}>
                  {t('audiences.text.back')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={editing.dropText}>
                  {t('audiences.text.drop')}
                </Button>
              </Group>
            </Alert>
          ) : null}
          <RuleBuilder
            rule={editing.rule}
            known={known}
            disabled={readOnly || unread}
            onChange={editing.build}
            onUndo={editing.undo}
            onRedo={editing.redo}
          />
        </>
      )}
    </Panel>
  );
};
