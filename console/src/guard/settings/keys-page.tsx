import { accessRoutes } from '@mesure/contract/access';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { KeyForm } from './key-form.tsx';
import { KeyList } from './key-list.tsx';
import { useLocked } from './may-change.ts';
import { SettingsPage } from './settings-page.tsx';

/** Keys for programs. */
export const KeysPage = () => {
  const { t } = useWords();
  const locked = useLocked('admin');
  const { data, error, isPending, refetch } = useQuery({
    ...queryOf(accessRoutes.listTokens),
    enabled: locked === undefined,
  });
  return (
    <SettingsPage section="keys" locked={locked}>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {locked === undefined && isPending ? <Loading lines={6} height={36} /> : null}
      {data ? (
        <>
          <Panel title={t('settings.keys.working')}>
            <KeyList keys={data.items} />
          </Panel>
          <Panel title={t('settings.keys.make')} hint={t('settings.keys.makeHint')}>
            <KeyForm />
          </Panel>
        </>
      ) : null}
    </SettingsPage>
  );
};
