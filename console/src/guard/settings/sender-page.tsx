import { Button } from '@mantine/core';
import { consentRoutes } from '@mesure/contract/consent';
import { senderRoutes } from '@mesure/contract/sender';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { Empty, ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { EntityCard } from './entity-card.tsx';
import { EntityForm } from './entity-form.tsx';
import { useLocked } from './may-change.ts';
import { SenderProblems } from './sender-problems.tsx';
import { SettingsPage } from './settings-page.tsx';

const route = getRouteApi('/inside/settings/sender');

/** Who writes, as the law and the inbox see it. */
export const SenderPage = () => {
  const { t } = useWords();
  const { edit } = route.useSearch();
  const navigate = useNavigate();
  const locked = useLocked('admin');
  const entities = useQuery(queryOf(consentRoutes.listEntities));
  const sender = useQuery(queryOf(senderRoutes.readSender));
  const open = (id: string | undefined): void =>
    void navigate({ to: '/settings/sender', search: { edit: id }, replace: id === undefined });
  const identityOf = (id: string) => sender.data?.identities.find(({ entityId }) => entityId === id) ?? null;
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      disabled={locked !== undefined || edit === 'new'}
      onClick={() => open('new')}
    >
      {t('settings.sender.add')}
    </Button>
  );
  const items = entities.data?.items ?? [];
  return (
    <SettingsPage section="sender" shared locked={locked} actions={items.length > 0 ? add : null}>
      <SenderProblems />
      <ErrorNotice error={entities.error ?? sender.error} onRetry={() => void entities.refetch()} />
      {entities.isPending || sender.isPending ? <Loading lines={6} /> : null}
      {edit === 'new' && sender.data && locked === undefined ? (
        <Panel title={t('settings.sender.newTitle')}>
          <EntityForm entity={null} identity={null} onClose={() => open(undefined)} />
        </Panel>
      ) : null}
      {sender.data
        ? items.map((entity) =>
            edit === entity.id && locked === undefined ? (
              <Panel key={entity.id} title={entity.name}>
                <EntityForm
                  entity={entity}
                  identity={identityOf(entity.id)}
                  onClose={() => open(undefined)}
                />
              </Panel>
            ) : (
              <EntityCard
                key={entity.id}
                entity={entity}
                identity={identityOf(entity.id)}
                locked={locked}
                onEdit={() => open(entity.id)}
              />
            ),
          )
        : null}
      {entities.data && sender.data && items.length === 0 && edit !== 'new' ? (
        <Empty title={t('settings.sender.empty')} hint={t('settings.sender.emptyHint')} action={add} />
      ) : null}
    </SettingsPage>
  );
};
