import { consentRoutes } from '@mesure/contract/consent';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading } from '#platform/kit';
import { useLocked } from './may-change.ts';
import { SettingsPage } from './settings-page.tsx';
import { TopicsForm } from './topics-form.tsx';

/** What customers can leave one by one. */
export const TopicsPage = () => {
  const locked = useLocked('admin', 'marketer');
  const { data, error, isPending, refetch } = useQuery(queryOf(consentRoutes.listTopics));
  return (
    <SettingsPage section="topics" shared locked={locked}>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending ? <Loading lines={4} height={36} /> : null}
      {data ? <TopicsForm stored={data.items} locked={locked} /> : null}
    </SettingsPage>
  );
};
