import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import type { AuditEntryView } from '@mesure/contract/audit';
import { formatInstant } from '#platform/format';
import { Facts } from '#platform/kit';
import { useWords } from '#words';
import type { AuditAsked } from './audit-filters.tsx';
import { BeforeAfter } from './before-after.tsx';
import { useAuditWords } from './use-audit-words.ts';

interface EntryDrawerProps {
  /** Undefined: closed. */
  readonly sequence: number | undefined;
  readonly found: AuditEntryView | undefined;
  readonly onClose: () => void;
  readonly onAsk: (asked: AuditAsked) => void;
}

/** One entry: who did what to what, and what is different since. */
export const EntryDrawer = ({ sequence, found, onClose, onAsk }: EntryDrawerProps) => {
  const { t } = useWords();
  const words = useAuditWords();
  return (
    <Drawer
      opened={sequence !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={t('audit.entry.title', { number: sequence ?? 0 })}
    >
      {found ? (
        <Stack gap="md">
          <Facts
            facts={[
              {
                name: t('audit.who'),
                value: found.actor.kind === 'system' ? t('audit.actor.system') : found.actor.name,
                note: t(`audit.actor.${found.actor.kind}`),
              },
              { name: t('audit.what'), value: words.action(found.action), note: found.action },
              { name: t('audit.subject'), value: words.subject(found.subject.kind), note: found.subject.id },
              { name: t('audit.when'), value: formatInstant(found.at) },
            ]}
          />
          <BeforeAfter before={found.before} after={found.after} />
          <Group gap="sm">
            <Button
              variant="default"
              onClick={() => onAsk({ kind: found.subject.kind, subject: found.subject.id })}
            >
              {t('audit.entry.all')}
            </Button>
            <Button variant="default" onClick={() => onAsk({ actor: found.actor.id })}>
              {t('audit.entry.byActor', {
                name: found.actor.kind === 'system' ? t('audit.actor.system') : found.actor.name,
              })}
            </Button>
          </Group>
          <Text size="xs" c="var(--mesure-quiet)">
            {t('audit.entry.hash')}
          </Text>
          <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {found.hash}
          </Text>
        </Stack>
      ) : (
        <Text size="sm">{t('audit.entry.gone')}</Text>
      )}
    </Drawer>
  );
};
