import { Alert, Anchor, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { languages, speak, useWords } from '#words';

const names = { en: 'English', fr: 'Français' } as const;

interface GuestPageProps {
  readonly title: string;
  /** Forms with two columns. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** What one sees before signing in: one thing to do, and the language. */
export const GuestPage = ({ title, wide = false, children }: GuestPageProps) => {
  const { t, i18n } = useWords();
  useEffect(() => {
    document.title = `${title} · Mesure`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack gap="lg" w="100%" maw={wide ? 680 : 440}>
        <Stack gap={0}>
          <Text fw={700} size="lg">
            Mesure
          </Text>
          <Text size="sm" c="var(--mesure-quiet)">
            {t('access.promise')}
          </Text>
        </Stack>
        <Paper withBorder p="lg">
          <Stack gap="md">
            <Title order={1} size="h3">
              {title}
            </Title>
            {window.isSecureContext ? null : <Alert color="yellow">{t('access.httpsOnly')}</Alert>}
            {children}
          </Stack>
        </Paper>
        <Group gap="sm" component="nav" aria-label={t('shell.language')}>
          {languages.map((language) => (
            <Anchor
              key={language}
              component="button"
              type="button"
              size="sm"
              lang={language}
              aria-current={i18n.language === language ? 'true' : undefined}
              fw={i18n.language === language ? 700 : 400}
              onClick={() => void speak(language)}
            >
              {names[language]}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Center>
  );
};
