import { Button, Group, Text } from '@mantine/core';
import { consentRoutes } from '@mesure/contract/consent';
import { senderRoutes } from '@mesure/contract/sender';
import { IconPencil } from '@tabler/icons-react';
import { call, refresh, useCall } from '#platform/api';
import { tellWithUndo } from '#platform/feedback';
import { ErrorNotice, Facts, Panel, StateBadge } from '#platform/kit';
import { useWords } from '#words';
import { type Entity, entityBody, entityValues, type Identity, identityBody } from './entity-values.ts';

interface EntityCardProps {
  readonly entity: Entity;
  readonly identity: Identity | null;
  readonly locked: string | undefined;
  readonly onEdit: () => void;
}

const putBack = async (entity: Entity, identity: Identity | null): Promise<void> => {
  const values = entityValues(entity, identity);
  const { id } = await call(consentRoutes.createEntity, { body: entityBody(values) });
  if (identity)
    await call(senderRoutes.saveSenderIdentity, { params: { entityId: id }, body: identityBody(values) });
  await refresh('consent', 'sender', 'home');
};

export const EntityCard = ({ entity, identity, locked, onEdit }: EntityCardProps) => {
  const { t } = useWords();
  const remove = useCall(consentRoutes.removeEntity, {
    refreshes: ['consent', 'sender', 'home'],
    onSuccess: () =>
      tellWithUndo(t('settings.sender.removed', { name: entity.name }), () => putBack(entity, identity)),
  });
  const from = identity ? `${identity.fromName} <${identity.fromAddress}>` : null;
  return (
    <Panel
      title={entity.name}
      actions={
        <Group gap="xs">
          {entity.isDefault ? <StateBadge tone="active">{t('settings.sender.default')}</StateBadge> : null}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            disabled={locked !== undefined}
            title={locked}
            onClick={onEdit}
          >
            {t('common.edit')}
          </Button>
          {entity.isDefault ? null : (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              disabled={locked !== undefined}
              title={locked}
              loading={remove.isPending}
              onClick={() => remove.mutate({ params: { id: entity.id } })}
            >
              {t('common.remove')}
            </Button>
          )}
        </Group>
      }
    >
      <Facts
        facts={[
          {
            name: t('settings.sender.from'),
            value: from ? (
              <bdi>{from}</bdi>
            ) : (
              <StateBadge tone="caution">{t('settings.sender.noIdentity')}</StateBadge>
            ),
          },
          ...(identity?.replyTo ? [{ name: t('settings.sender.replyTo'), value: identity.replyTo }] : []),
          {
            name: t('settings.sender.address'),
            value: (
              <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line' }}>
                {entity.address}
              </Text>
            ),
          },
          { name: t('settings.sender.contactEmail'), value: entity.contactEmail },
          {
            name: t('settings.sender.privacyUrl'),
            value: entity.privacyUrl ?? t('settings.sender.noPrivacyUrl'),
          },
        ]}
      />
      <ErrorNotice error={remove.error} />
    </Panel>
  );
};
