import { Text } from '@mantine/core';
import { formatList } from '#platform/format';
import { usePresence } from '#platform/live';
import { useWords } from '#words';
import type { Section } from './sections.ts';

/** Who else has this page open. */
export const OthersHere = ({ section }: { readonly section: Section }) => {
  const { t } = useWords();
  const others = usePresence('settings', section);
  if (others.length === 0) return null;
  return (
    <Text size="sm" role="status">
      {t('common.presence.also', {
        count: others.length,
        names: formatList(others.map(({ name }) => name)),
      })}
    </Text>
  );
};
