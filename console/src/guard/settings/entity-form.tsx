import { Button, Fieldset, Group, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { consentRoutes } from '@mesure/contract/consent';
import { senderRoutes } from '@mesure/contract/sender';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { call, refresh } from '#platform/api';
import { tell } from '#platform/feedback';
import { focusWrong } from '#platform/fields';
import { ErrorNotice, validateWith } from '#platform/kit';
import { useWords } from '#words';
import {
  type Entity,
  type EntityValues,
  entityBody,
  entityValues,
  type Identity,
  identityBody,
} from './entity-values.ts';
import { Restored } from './restored.tsx';
import { useKeptForm } from './use-kept-form.ts';

interface EntityFormProps {
  /** Null: one more. */
  readonly entity: Entity | null;
  readonly identity: Identity | null;
  readonly onClose: () => void;
}

const under = (name: string, errors: object) =>
  Object.fromEntries(Object.entries(errors).map(([path, problem]) => [`${name}.${path}`, problem]));

const checkEntity = validateWith(consentRoutes.createEntity.body);

/** A legal sender with its From: saved together. */
export const EntityForm = ({ entity, identity, onClose }: EntityFormProps) => {
  const { t } = useWords();
  const checkIdentity = validateWith(senderRoutes.saveSenderIdentity.body, {
    replyTo: t('common.field.email'),
  });
  const { form, restored, saved, reset } = useKeptForm<EntityValues>({
    name: `settings/sender/${entity?.id ?? 'new'}`,
    stored: entityValues(entity, identity),
    validate: (values) => {
      const address = values.identity.fromAddress;
      return {
        ...under('entity', checkEntity(entityBody(values))),
        ...under('identity', checkIdentity(identityBody(values))),
        ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.trim())
          ? {}
          : { 'identity.fromAddress': t('common.field.email') }),
      };
    },
  });
  // A new entity whose identity was refused is there already: the second try changes it.
  const made = useRef(entity?.id);
  const save = useMutation({
    mutationFn: async (values: EntityValues) => {
      const body = entityBody(values);
      const stored =
        made.current === undefined
          ? await call(consentRoutes.createEntity, { body })
          : await call(consentRoutes.updateEntity, { params: { id: made.current }, body });
      made.current = stored.id;
      await call(senderRoutes.saveSenderIdentity, {
        params: { entityId: stored.id },
        body: identityBody(values),
      });
    },
    onSettled: () => refresh('consent', 'sender', 'home'),
    onSuccess: (_nothing, values) => {
      saved(values);
      tell(t('common.saved'));
      onClose();
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values), focusWrong(form))}>
      <Stack gap="md">
        {restored ? <Restored onDiscard={reset} /> : null}
        <Fieldset legend={t('settings.sender.legal')}>
          <Stack gap="md">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label={t('settings.sender.entityName')}
                description={t('settings.sender.entityNameHint')}
                required
                autoFocus
                autoComplete="organization"
                {...form.getInputProps('entity.name')}
              />
              <TextInput
                label={t('settings.sender.contactEmail')}
                description={t('settings.sender.contactEmailHint')}
                type="email"
                required
                {...form.getInputProps('entity.contactEmail')}
              />
            </SimpleGrid>
            <Textarea
              label={t('settings.sender.address')}
              description={t('settings.sender.addressHint')}
              required
              autosize
              minRows={2}
              {...form.getInputProps('entity.address')}
            />
            <TextInput
              label={t('settings.sender.privacyUrl')}
              description={t('settings.sender.privacyUrlHint')}
              placeholder="https://shop.example/privacy"
              inputMode="url"
              {...form.getInputProps('entity.privacyUrl')}
            />
            {entity?.isDefault ? null : (
              <Switch
                label={t('settings.sender.makeDefault')}
                {...form.getInputProps('entity.isDefault', { type: 'checkbox' })}
              />
            )}
          </Stack>
        </Fieldset>
        <Fieldset legend={t('settings.sender.identity')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('settings.sender.fromName')}
              description={t('settings.sender.fromNameHint')}
              required
              {...form.getInputProps('identity.fromName')}
            />
            <TextInput
              label={t('settings.sender.fromAddress')}
              description={t('settings.sender.fromAddressHint')}
              type="email"
              required
              {...form.getInputProps('identity.fromAddress')}
            />
            <TextInput
              label={t('settings.sender.replyTo')}
              description={t('settings.sender.replyToHint')}
              type="email"
              {...form.getInputProps('identity.replyTo')}
            />
          </SimpleGrid>
        </Fieldset>
        <ErrorNotice error={save.error} />
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
