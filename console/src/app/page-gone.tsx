import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Empty, Loading } from '#platform/kit';
import { reloadIfUpdated } from '#platform/update';
import { useWords } from '#words';

/** A page whose code did not come: after an update it is loaded anew by itself, otherwise when somebody asks for it. */
export const PageGone = () => {
  const { t } = useWords();
  const [why, setWhy] = useState<'updated' | 'same' | null>(null);
  useEffect(() => {
    void reloadIfUpdated().then((outcome) => (outcome === 'reloading' ? undefined : setWhy(outcome)));
  }, []);
  if (why === null) return <Loading lines={8} height={32} />;
  return (
    <Empty
      title={why === 'updated' ? t('shell.updated') : t('shell.gone')}
      hint={why === 'updated' ? t('shell.updatedHint') : t('shell.goneHint')}
      action={<Button onClick={() => window.location.reload()}>{t('common.error.reload')}</Button>}
    />
  );
};
