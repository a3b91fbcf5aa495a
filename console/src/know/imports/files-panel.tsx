import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { ImportSummary } from '@mesure/contract/imports';
import { Link } from '@tanstack/react-router';
import { formatBytes } from '#platform/format';
import { Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';

export const FilesPanel = ({ files }: { readonly files: ImportSummary['files'] }) => {
  const { t } = useWords();
  return (
    <Panel title={t('imports.files.title')}>
      <Stack gap="xs">
        {files.map(({ name, bytes, sha256, alreadyImportedBy }) => (
          <Group key={sha256} gap="sm" justify="space-between">
            <Text size="sm" fw={500}>
              {name}
            </Text>
            <Text size="sm" c="var(--mesure-quiet)">
              {formatBytes(bytes)}
            </Text>
            {alreadyImportedBy === null ? null : (
              <Group gap="sm" w="100%">
                <StateBadge tone="caution">{t('imports.files.known')}</StateBadge>
                <Text size="sm">{t('imports.files.knownHint')}</Text>
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link to="/imports/$id" params={{ id: alreadyImportedBy }} {...props} />
                  )}
                >
                  {t('imports.files.see')}
                </Anchor>
              </Group>
            )}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
};
