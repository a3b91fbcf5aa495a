import { Stack, Text, Title } from '@mantine/core';
import { DiffView } from '#platform/kit';
import { useWords } from '#words';
import type { MessageDraft } from './draft.ts';
import classes from './messages.module.css';

type Content = Omit<MessageDraft, 'name' | 'basedOn'>;

interface ChangesProps {
  readonly before: Content;
  readonly after: Content;
}

/** What differs between two contents, part by part. */
export const Changes = ({ before, after }: ChangesProps) => {
  const { t } = useWords();
  const made = t('messages.versions.textMade');
  const parts = [
    ['subjectChanged', before.subject, after.subject],
    ['languageChanged', t(`messages.language.${before.language}`), t(`messages.language.${after.language}`)],
    ['mjmlChanged', before.mjml, after.mjml],
    ['textChanged', before.text ?? made, after.text ?? made],
  ] as const;
  const changed = parts.filter(([, one, other]) => one !== other);
  if (changed.length === 0) return <Text size="sm">{t('messages.versions.same')}</Text>;
  return (
    <Stack gap="md">
      {changed.map(([part, one, other]) => (
        <Stack key={part} gap={4}>
          <Title order={3} size="h6">
            {t(`messages.versions.${part}`)}
          </Title>
          {part === 'mjmlChanged' || part === 'textChanged' ? (
            <DiffView before={one} after={other} label={t(`messages.versions.${part}`)} />
          ) : (
            <dl className={classes.pair}>
              <div>
                <dt>{t('messages.versions.from')}</dt>
                <dd>{one}</dd>
              </div>
              <div>
                <dt>{t('messages.versions.to')}</dt>
                <dd>{other}</dd>
              </div>
            </dl>
          )}
        </Stack>
      ))}
    </Stack>
  );
};
