import { Button, Popover, Text, VisuallyHidden } from '@mantine/core';
import type { PresentPerson } from '@mesure/contract/live';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { formatList } from '#platform/format';
import { useWords } from '#words';
import { type PresenceKind, usePresence } from './use-presence.ts';

interface OthersHereProps {
  readonly kind: PresenceKind;
  /** Undefined: nobody can edit it any more. */
  readonly id: string | undefined;
}

/** Who else edits this: in one line of the page's head, so that nothing moves when somebody comes or goes. */
export const OthersHere = ({ kind, id }: OthersHereProps) => {
  const { t } = useWords();
  const others = usePresence(kind, id);
  // Whoever is reading it keeps it, and the focus with it, when the other one leaves.
  const [read, setRead] = useState<readonly PresentPerson[]>([]);
  const shown = others.length > 0 ? others : read;
  const called = { count: shown.length, names: formatList(shown.map(({ name }) => name)) };
  const also = t('common.presence.also', called);
  const rule = t('common.presence.rule', called);
  return (
    <>
      <VisuallyHidden role="status">{others.length > 0 ? `${also} ${rule}` : ''}</VisuallyHidden>
      {shown.length > 0 ? (
        <Popover width={280} position="bottom-end" withArrow>
          <Popover.Target>
            <Button
              size="compact-sm"
              variant="light"
              color="yellow"
              c="var(--mantine-color-text)"
              miw={0}
              styles={{ label: { display: 'block', height: 'auto', textOverflow: 'ellipsis' } }}
              leftSection={<IconUsers size={16} aria-hidden />}
              onFocus={() => setRead(shown)}
              onBlur={() => setRead([])}
            >
              {also}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Text size="sm">
              {also} {rule}
            </Text>
          </Popover.Dropdown>
        </Popover>
      ) : null}
    </>
  );
};
