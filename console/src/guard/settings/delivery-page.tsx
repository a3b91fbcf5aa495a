import { senderRoutes } from '@mesure/contract/sender';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { useLocked } from './may-change.ts';
import { SenderProblems } from './sender-problems.tsx';
import { SettingsPage } from './settings-page.tsx';
import { TransportForm } from './transport-form.tsx';
import { TransportTest } from './transport-test.tsx';

/** Which server takes the messages, and whether it does. */
export const DeliveryPage = () => {
  const { t } = useWords();
  const admin = useLocked('admin');
  const { data, error, isPending, refetch } = useQuery(queryOf(senderRoutes.readSender));
  const pinned = data?.transport.pinned === true;
  const locked = admin ?? (pinned ? t('settings.delivery.pinned') : undefined);
  return (
    <SettingsPage section="delivery" shared locked={locked}>
      <SenderProblems />
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {isPending ? <Loading lines={6} height={36} /> : null}
      {data ? (
        <>
          <TransportForm stored={data.transport} locked={locked} />
          <TransportTest identities={data.identities} locked={admin} />
        </>
      ) : null}
    </SettingsPage>
  );
};
