import { accessRoutes } from '@mesure/contract/access';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';
import { ErrorNotice, Panel } from '#platform/kit';
import { useWords } from '#words';
import { InviteForm } from './invite-form.tsx';
import { OpenInvitations } from './open-invitations.tsx';

/** Invites colleagues by a link that works once. */
export const Invitations = ({ locked }: { readonly locked: string | undefined }) => {
  const { t } = useWords();
  const { data, error } = useQuery({
    ...queryOf(accessRoutes.listInvitations),
    enabled: locked === undefined,
  });
  return (
    <>
      <Panel title={t('settings.team.invite')} hint={t('settings.team.inviteHint')}>
        <InviteForm locked={locked} />
      </Panel>
      {locked === undefined && data && data.items.length > 0 ? (
        <Panel title={t('settings.team.open')}>
          <OpenInvitations invitations={data.items} />
        </Panel>
      ) : null}
      <ErrorNotice error={error} />
    </>
  );
};
