import type { CompletionSource } from '@codemirror/autocomplete';
import { Alert, Stack, Text } from '@mantine/core';
import { completeRule, type ParsedRule } from '@mesure/contract/rule-text';
import { useMemo } from 'react';
import { formatNumber } from '#platform/format';
import { CodeEditor } from '#platform/kit';
import { useWords } from '#words';
import type { Known } from './tree/fresh.ts';

interface RuleTextEditorProps {
  readonly text: string;
  readonly parsed: ParsedRule;
  readonly known: Known;
  readonly onChange: (text: string) => void;
}

const kinds = {
  word: 'keyword',
  field: 'property',
  trait: 'property',
  event: 'function',
  property: 'property',
  currency: 'constant',
  value: 'text',
} as const;

/** The rule as text: completed from what is known here, and told where it is wrong. */
export const RuleTextEditor = ({ text, parsed, known, onChange }: RuleTextEditorProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const complete = useMemo<CompletionSource>(
    () =>
      ({ state, pos, explicit }) => {
        const { from, to, items } = completeRule(state.doc.toString(), pos, known);
        if (items.length === 0 || (from === pos && !explicit && !/\s$/.test(state.sliceDoc(0, pos))))
          return null;
        return {
          from,
          to,
          filter: false,
          options: items.map(({ insert, kind, times }) => ({
            label: insert,
            type: kinds[kind],
            ...(times === undefined ? {} : { detail: formatNumber(times) }),
          })),
        };
      },
    [known],
  );
  const findings = useMemo(
    () =>
      parsed.ok
        ? []
        : [
            {
              from: parsed.error.from,
              to: parsed.error.to,
              severity: 'error' as const,
              message: parsed.error.message[language],
            },
          ],
    [parsed, language],
  );
  return (
    <Stack gap="xs">
      <CodeEditor
        language="plain"
        label={t('audiences.text.label')}
        value={text}
        onChange={onChange}
        findings={findings}
        complete={complete}
        minHeight={200}
      />
      <div aria-live="polite">
        {parsed.ok ? (
          <Text size="sm" c="var(--mesure-quiet)">
            {t('audiences.text.hint')}
          </Text>
        ) : (
          <Alert
            color="red"
            title={t('audiences.text.wrong', { line: parsed.error.line, column: parsed.error.column })}
          >
            {parsed.error.message[language]}
          </Alert>
        )}
      </div>
    </Stack>
  );
};
