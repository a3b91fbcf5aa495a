import { Button, Group, Text } from '@mantine/core';
import { type ImportDetail, importsRoutes } from '@mesure/contract/imports';
import { IconChecklist, IconFileImport } from '@tabler/icons-react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice, Panel } from '#platform/kit';
import { useWords } from '#words';

interface CheckPanelProps {
  readonly found: ImportDetail;
  /** Everything needed is mapped, and the server knows of it. */
  readonly ready: boolean;
}

/** The dry run first; the deliberate act then says its number. */
export const CheckPanel = ({ found, ready }: CheckPanelProps) => {
  const { t } = useWords();
  const check = useCall(importsRoutes.dryRunImport);
  const start = useCall(importsRoutes.startImport, { onSuccess: () => tell(t('imports.check.started')) });
  const { report } = found;
  const lines = report ? report.productLines + report.otherLines : null;
  const given = { params: { id: found.id } };
  return (
    <Panel title={t('imports.check.title')} hint={t('imports.check.hint')}>
      <ErrorNotice error={check.error ?? start.error} />
      <Group gap="sm">
        <Button
          variant={report ? 'default' : 'filled'}
          leftSection={<IconChecklist size={18} aria-hidden />}
          disabled={!ready}
          loading={check.isPending}
          onClick={() => check.mutate(given)}
        >
          {report ? t('imports.check.again') : t('imports.check.dryRun')}
        </Button>
        <Button
          variant={report ? 'filled' : 'default'}
          leftSection={<IconFileImport size={18} aria-hidden />}
          disabled={!ready}
          loading={start.isPending}
          onClick={() => start.mutate(given)}
        >
          {lines === null ? t('imports.check.start') : t('imports.check.startLines', { count: lines })}
        </Button>
        <Text size="sm" c="var(--mesure-quiet)">
          {t('imports.check.startHint')}
        </Text>
      </Group>
    </Panel>
  );
};
