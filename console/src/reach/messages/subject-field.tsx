import { ActionIcon, Menu, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import type { MessageFinding } from '@mesure/contract/messages';
import { IconBraces } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useWords } from '#words';
import { useGuide } from './use-completions.ts';

interface SubjectFieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly findings: readonly MessageFinding[];
  readonly readOnly: boolean;
}

/** The subject, with a menu that puts a field where the cursor stands. */
export const SubjectField = ({ input, value, onChange, findings, readOnly }: SubjectFieldProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const { data: guide } = useGuide();
  const wrong = findings.filter(({ severity }) => severity === 'error');
  const insert = (text: string): void => {
    const at = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? at;
    onChange(value.slice(0, at) + text + value.slice(end));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + text.length, at + text.length);
    });
  };
  return (
    <TextInput
      ref={input}
      label={t('messages.editor.subject')}
      description={t('messages.editor.subjectHint', { example: '{{ profile.first_name | default: "…" }}' })}
      value={value}
      maxLength={500}
      readOnly={readOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={
        wrong.length > 0 ? (
          <Stack gap={0} component="span">
            {wrong.map(({ code, message }) => (
              <span key={code}>{message[language]}</span>
            ))}
          </Stack>
        ) : null
      }
      rightSection={
        readOnly ? null : (
          <Menu position="bottom-end" withinPortal returnFocus={false}>
            <Menu.Target>
              <Tooltip label={t('messages.editor.insertIntoSubject')}>
                <ActionIcon variant="subtle" size={28} aria-label={t('messages.editor.insertIntoSubject')}>
                  <IconBraces size={16} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
              {(guide?.fields ?? [])
                .filter(({ group }) => group !== 'products' && group !== 'links')
                .map(({ path, label, example }) => (
                  <Menu.Item key={path} onClick={() => insert(example)}>
                    {label[language]}
                    <Text size="xs" c="var(--mesure-quiet)" ff="monospace">
                      {path}
                    </Text>
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    />
  );
};
