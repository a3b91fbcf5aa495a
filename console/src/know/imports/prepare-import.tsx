import { Alert, List } from '@mantine/core';
import type { ImportDetail, ImportGuess, ImportMapping } from '@mesure/contract/imports';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';
import { CheckPanel } from './check-panel.tsx';
import { ConsentsPanel } from './consents-panel.tsx';
import { MappingPanel } from './mapping-panel.tsx';
import { OptionsPanel } from './options-panel.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { ReportPanels } from './report-panels.tsx';
import { useMapping } from './use-mapping.ts';

interface PrepareImportProps {
  readonly found: ImportDetail;
  readonly guess: ImportGuess;
  readonly saved: ImportMapping;
}

/** Between the arrival of a file and its import: what each column means, how to read it, what would happen. */
export const PrepareImport = ({ found, guess, saved }: PrepareImportProps) => {
  const { t } = useWords();
  const { mapping, change, missing, dirty, saving, error } = useMapping(found, guess, saved);
  return (
    <>
      <MappingPanel guess={guess} mapping={mapping} onChange={change} saving={saving} dirty={dirty} />
      {missing.length > 0 ? (
        <Alert
          color="yellow"
          role="status"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('imports.mapping.missing.title')}
        >
          <List size="sm">
            {missing.map((what) => (
              <List.Item key={what}>{t(`imports.mapping.missing.${what}`)}</List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      <ErrorNotice error={error} />
      <OptionsPanel guess={guess} mapping={mapping} onChange={change} />
      <ConsentsPanel guess={guess} mapping={mapping} onChange={change} />
      <PreviewPanel guess={guess} mapping={mapping} />
      {found.report && !dirty ? (
        <ReportPanels report={found.report} importId={found.id} dry={found.reportIsDryRun} />
      ) : null}
      <CheckPanel found={found} ready={missing.length === 0 && !dirty && !saving} />
    </>
  );
};
