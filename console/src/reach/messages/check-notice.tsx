import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { MessageSourceBody } from '@mesure/contract/messages';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useWords } from '#words';
import classes from './messages.module.css';
import type { Readers } from './use-readers.ts';
import { useCheck } from './use-reading.ts';

const namesShown = 4;

interface CheckNoticeProps {
  readonly source: MessageSourceBody;
  readonly readers: Readers;
}

/** Whether the draft works for everybody it was tried on; where not: for whom, and what to do about it. */
export const CheckNotice = ({ source, readers }: CheckNoticeProps) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const [rested] = useDebouncedValue(source, 500);
  const check = useCheck(
    rested,
    readers.tried.map(({ id }) => id),
  );
  if (!check.data || check.error) return null;
  const { checked, failing } = check.data;
  if (failing.length === 0)
    return (
      <Group gap={6} wrap="nowrap" role="status">
        <IconCircleCheck size={16} aria-hidden />
        <Text size="sm">{t('messages.check.fine', { count: checked })}</Text>
      </Group>
    );
  const byReason = Map.groupBy(failing, ({ error }) => error.message[language]);
  return (
    <Alert
      color="yellow"
      role="status"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('messages.check.failing', { count: failing.length, of: checked })}
      classNames={{ title: classes.alertTitle }}
    >
      <Stack gap="xs">
        {[...byReason].map(([reason, people]) => (
          <div key={reason}>
            <Text size="sm">{reason}</Text>
            <Group gap="xs">
              {people.slice(0, namesShown).flatMap(({ profileId }) => {
                const reader = readers.tried.find(({ id }) => id === profileId);
                return reader
                  ? [
                      <Anchor
                        key={profileId}
                        component="button"
                        type="button"
                        size="sm"
                        c="inherit"
                        underline="always"
                        aria-label={t('messages.check.show', { name: reader.name })}
                        onClick={() => readers.choose(reader)}
                      >
                        {reader.name}
                      </Anchor>,
                    ]
                  : [];
              })}
              {people.length > namesShown ? (
                <Text size="sm">{t('messages.check.others', { count: people.length - namesShown })}</Text>
              ) : null}
            </Group>
          </div>
        ))}
      </Stack>
    </Alert>
  );
};
