import { Group, Progress, Text } from '@mantine/core';
import type { ImportDetail } from '@mesure/contract/imports';
import { formatShare } from '#platform/format';
import { Panel } from '#platform/kit';
import { useWords } from '#words';

/** Bytes tell how far reading is; saving comes after the last byte and has no end to count to. */
export const ProgressPanel = ({ found }: { readonly found: ImportDetail }) => {
  const { t } = useWords();
  const { phase, bytesDone, bytesTotal, lines } = found.progress;
  const share = phase === 'reading' && bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : null;
  const moving = found.state === 'checking' || found.state === 'undoing' ? found.state : 'running';
  return (
    <Panel title={t(`imports.progress.${moving}`)}>
      <Progress
        value={share === null ? 100 : share * 100}
        animated={share === null}
        aria-label={t('imports.progress.label')}
      />
      <Group justify="space-between" gap="sm" aria-live="polite">
        <Text size="sm">
          {t(`imports.progress.phase.${phase}`)}
          {share === null ? '' : ` · ${formatShare(share, 0)}`}
        </Text>
        {found.state === 'undoing' ? null : (
          <Text size="sm">{t('imports.progress.lines', { count: lines })}</Text>
        )}
      </Group>
      <Text size="sm" c="var(--mesure-quiet)">
        {t('imports.progress.leave')}
      </Text>
    </Panel>
  );
};
