import { Stack, Text } from '@mantine/core';
import { useStore } from '#platform/api';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import classes from './upload-list.module.css';
import { UploadRow } from './upload-row.tsx';
import { isUnderWay, uploads } from './uploads.ts';

interface UploadListProps {
  /** Null: files chosen before there is an import. */
  readonly importId: string | null;
  readonly onSent?: (importId: string) => void;
}

export const UploadList = ({ importId, onSent }: UploadListProps) => {
  const { t } = useWords();
  // A file that has arrived stands among the files of the import.
  const shown = useStore(uploads).filter(
    (upload) => upload.importId === importId && upload.state.is !== 'done',
  );
  if (shown.length === 0) return null;
  return (
    <Panel title={t('imports.upload.title')}>
      <Stack component="ul" gap="md" className={classes.list} aria-live="polite">
        {shown.map((upload) => (
          <UploadRow key={upload.key} upload={upload} {...(onSent ? { onSent } : {})} />
        ))}
      </Stack>
      {shown.some(isUnderWay) ? (
        <Text size="xs" c="var(--mesure-quiet)">
          {t('imports.upload.stays')}
        </Text>
      ) : null}
    </Panel>
  );
};
