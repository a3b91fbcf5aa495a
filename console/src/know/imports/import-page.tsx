import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { type ImportDetail, importsRoutes } from '@mesure/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Loading, Page } from '#platform/kit';
import { OthersHere } from '#platform/live';
import { useWords } from '#words';
import { CancelImport } from './cancel-import.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { FileDrop } from './file-drop.tsx';
import { FilesPanel } from './files-panel.tsx';
import { isMoving, isOpen } from './import-life.ts';
import { ImportStateBadge } from './import-state.tsx';
import { PrepareImport } from './prepare-import.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { ReportPanels } from './report-panels.tsx';
import { UndoImport } from './undo-import.tsx';
import { UploadList } from './upload-list.tsx';
import { addFiles } from './uploads.ts';

const route = getRouteApi('/inside/imports/$id');

const useAnswer = (found: ImportDetail): string => {
  const { t } = useWords();
  switch (found.state) {
    case 'committed':
      return t('imports.detail.answer.committed', {
        count: (found.report?.productLines ?? 0) + (found.report?.otherLines ?? 0),
        at: formatInstant(found.committedAt ?? found.createdAt),
      });
    case 'undone':
      return t('imports.detail.answer.undone', { at: formatInstant(found.undoneAt ?? found.createdAt) });
    default:
      return t(`imports.detail.answer.${found.state}`);
  }
};

const Found = ({ found }: { readonly found: ImportDetail }) => {
  const { t } = useWords();
  const answer = useAnswer(found);
  const [first, ...rest] = found.files;
  const name = !first
    ? t('imports.detail.noName')
    : rest.length === 0
      ? first.name
      : t('imports.list.more', { name: first.name, count: rest.length });
  const open = isOpen(found.state);
  return (
    <Page
      wide
      title={name}
      answer={answer}
      above={
        <Anchor size="sm" renderRoot={(props) => <Link to="/imports" {...props} />}>
          {t('imports.detail.all')}
        </Anchor>
      }
      others={<OthersHere kind="import" id={open ? found.id : undefined} />}
      actions={
        <>
          {open || found.state === 'checking' || found.state === 'running' ? (
            <CancelImport id={found.id} moving={isMoving(found.state)} />
          ) : null}
          {found.state === 'committed' ? <UndoImport found={found} /> : null}
        </>
      }
    >
      <Group gap="sm">
        <ImportStateBadge state={found.state} />
        <Text size="sm" c="var(--mesure-quiet)">
          {t('imports.detail.by', { name: found.createdBy, at: formatInstant(found.createdAt) })}
        </Text>
      </Group>
      <FailureNotice failure={found.failure} failureWhy={found.failureWhy} />
      {isMoving(found.state) ? <ProgressPanel found={found} /> : null}
      <UploadList importId={found.id} />
      {found.files.length > 0 ? <FilesPanel files={found.files} /> : null}
      {open ? (
        <FileDrop large={found.files.length === 0} onFiles={(files) => void addFiles(found.id, files)} />
      ) : null}
      {open && found.guess && found.mapping ? (
        <PrepareImport found={found} guess={found.guess} saved={found.mapping} />
      ) : null}
      {!open && found.report ? (
        <ReportPanels report={found.report} importId={found.id} dry={found.reportIsDryRun} />
      ) : null}
      {found.state === 'committed' ? (
        <Stack gap="xs">
          <Text size="sm">{t('imports.detail.next')}</Text>
          <Group gap="sm">
            <Button renderRoot={(props) => <Link to="/audiences/new" {...props} />}>
              {t('imports.detail.makeAudience')}
            </Button>
            <Button variant="default" renderRoot={(props) => <Link to="/catalogue" {...props} />}>
              {t('imports.detail.seeCatalogue')}
            </Button>
            <Button variant="default" renderRoot={(props) => <Link to="/people" {...props} />}>
              {t('imports.detail.seePeople')}
            </Button>
          </Group>
        </Stack>
      ) : null}
    </Page>
  );
};

export const ImportPage = () => {
  const { t } = useWords();
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({
    ...queryOf(importsRoutes.getImport, { params: { id } }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? 700 : false),
  });
  // What is known stays on the page while a look at the server fails.
  if (data) return <Found key={data.id} found={data} />;
  return (
    <Page title={t('imports.title')}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading lines={8} height={32} />
      )}
    </Page>
  );
};
