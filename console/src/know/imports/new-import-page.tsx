import { Anchor } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Page } from '#platform/kit';
import { useWords } from '#words';
import { FileDrop } from './file-drop.tsx';
import { UploadList } from './upload-list.tsx';
import { addFiles } from './uploads.ts';

/** The import begins with its first file that can be sent; from then on it has a page of its own. */
export const NewImportPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const open = (id: string): void => void navigate({ to: '/imports/$id', params: { id } });
  return (
    <Page
      title={t('imports.newTitle')}
      answer={t('imports.newAnswer')}
      above={
        <Anchor size="sm" renderRoot={(props) => <Link to="/imports" {...props} />}>
          {t('imports.detail.all')}
        </Anchor>
      }
    >
      <FileDrop
        large
        onFiles={(files) => void addFiles(null, files).then((id) => (id === null ? undefined : open(id)))}
      />
      <UploadList importId={null} onSent={open} />
    </Page>
  );
};
