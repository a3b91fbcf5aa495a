import { Checkbox, Group, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { MessageFinding } from '@mesure/contract/messages';
import { type RefObject, useMemo } from 'react';
import { CodeEditor, type CodeFinding } from '#platform/kit';
import { useWords } from '#words';
import type { MessageDraft } from './draft.ts';
import { partOf, spanOf } from './places.ts';
import { SubjectField } from './subject-field.tsx';
import { useCompletions } from './use-completions.ts';

export interface GoTo {
  readonly part: 'mjml' | 'text';
  readonly at: number;
}

interface SourceFieldsProps {
  readonly typed: MessageDraft;
  readonly type: (change: Partial<MessageDraft>) => void;
  readonly findings: readonly MessageFinding[];
  readonly goTo: GoTo | undefined;
  readonly insert: { readonly text: string } | undefined;
  readonly subject: RefObject<HTMLInputElement | null>;
  readonly readOnly: boolean;
}

/** Everything of a message that is written by hand. */
export const SourceFields = (props: SourceFieldsProps) => {
  const { typed, type, findings, goTo, insert, subject, readOnly } = props;
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const complete = useCompletions();
  const marks = useMemo(() => {
    const marksOf = (part: 'mjml' | 'text', text: string): readonly CodeFinding[] =>
      findings
        .filter((finding) => partOf(finding) === part && finding.where.line !== undefined)
        .map(({ where, severity, message }) => ({
          ...spanOf(text, {
            line: where.line ?? 1,
            ...(where.column === undefined ? {} : { column: where.column }),
          }),
          severity,
          message: message[language],
        }));
    return { mjml: marksOf('mjml', typed.mjml), text: marksOf('text', typed.text ?? '') };
    // The places belong to the text that was read; the editor moves them along with what is typed after.
  }, [findings, language]);
  return (
    <Stack gap="md">
      <Group gap="md" align="flex-start">
        <TextInput
          flex="1 1 16rem"
          label={t('messages.editor.name')}
          description={t('messages.editor.nameHint')}
          value={typed.name}
          maxLength={200}
          required
          withAsterisk={false}
          readOnly={readOnly}
          error={typed.name.trim() === '' ? t('common.field.required') : null}
          onChange={(event) => type({ name: event.currentTarget.value })}
        />
        <Input.Wrapper label={t('messages.editor.language')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={t('messages.editor.language')}
              value={typed.language}
              readOnly={readOnly}
              onChange={(value) => type({ language: value === 'fr' ? 'fr' : 'en' })}
              data={(['en', 'fr'] as const).map((value) => ({
                value,
                label: t(`messages.language.${value}`),
              }))}
            />
          </div>
        </Input.Wrapper>
      </Group>
      <SubjectField
        input={subject}
        value={typed.subject}
        onChange={(value) => type({ subject: value })}
        findings={findings.filter((finding) => partOf(finding) === 'subject')}
        readOnly={readOnly}
      />
      <Input.Wrapper
        label={t('messages.editor.mjml')}
        labelElement="div"
        description={t('messages.editor.mjmlHint', { field: '{{', tag: '<' })}
        descriptionProps={{ mb: 6 }}
      >
        <CodeEditor
          value={typed.mjml}
          onChange={(mjml) => type({ mjml })}
          label={t('messages.editor.mjml')}
          language="markup"
          findings={marks.mjml}
          complete={complete}
          readOnly={readOnly}
          minHeight={420}
          goTo={goTo?.part === 'mjml' ? goTo : undefined}
          insert={insert}
        />
      </Input.Wrapper>
      <Checkbox
        label={t('messages.editor.ownText')}
        description={t('messages.editor.ownTextHint')}
        checked={typed.text !== null}
        disabled={readOnly}
        onChange={(event) => type({ text: event.currentTarget.checked ? '' : null })}
      />
      {typed.text === null ? null : (
        <Stack gap={4}>
          <Text size="sm" fw={500}>
            {t('messages.editor.text')}
          </Text>
          <CodeEditor
            value={typed.text}
            onChange={(text) => type({ text })}
            label={t('messages.editor.text')}
            language="plain"
            findings={marks.text}
            complete={complete}
            readOnly={readOnly}
            minHeight={160}
            goTo={goTo?.part === 'text' ? goTo : undefined}
          />
        </Stack>
      )}
    </Stack>
  );
};
