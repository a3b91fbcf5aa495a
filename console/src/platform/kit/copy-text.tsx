import { ActionIcon, Code, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '#words';

const toldMs = 3_000;

/** A value that people carry elsewhere: shown whole, copied by one press, or selected where the browser copies nothing. */
export const CopyText = ({ value }: { readonly value: string }) => {
  const { t } = useWords();
  const code = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'selected' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), toldMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      // Over plain http there is no clipboard; elsewhere it may be refused.
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      if (code.current) window.getSelection()?.selectAllChildren(code.current);
      setOutcome('selected');
    }
  };
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block flex={1} ref={code} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {value}
        </Code>
        <Tooltip label={outcome === 'copied' ? t('common.copied') : t('common.copy')}>
          <ActionIcon variant="default" size="lg" onClick={() => void copy()} aria-label={t('common.copy')}>
            {outcome === 'copied' ? <IconCheck size={18} /> : <IconCopy size={18} />}
          </ActionIcon>
        </Tooltip>
      </Group>
      <Text size="xs" role="status">
        {outcome === 'selected' ? t('common.copyByHand') : null}
      </Text>
    </Stack>
  );
};
