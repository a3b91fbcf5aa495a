import { accessRoutes } from '@mesure/contract/access';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { canSendTogether } from './four-eyes.ts';
import { FourEyes } from './four-eyes-note.tsx';
import { Invitations } from './invitations.tsx';
import { useLocked } from './may-change.ts';
import { Members } from './members.tsx';
import { SettingsPage } from './settings-page.tsx';

/** Who works here, and what each may do. */
export const TeamPage = () => {
  const { t } = useWords();
  const locked = useLocked('admin');
  const { data, error, isPending, refetch } = useQuery(queryOf(accessRoutes.listTeam));
  return (
    <SettingsPage section="team" locked={locked}>
      {data && !canSendTogether(data.items) ? <FourEyes /> : null}
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      <Panel title={t('settings.team.members')}>
        {isPending ? <Loading lines={4} height={36} /> : null}
        {data ? <Members members={data.items} locked={locked} /> : null}
      </Panel>
      {isPending ? null : <Invitations locked={locked} />}
    </SettingsPage>
  );
};
