import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { campaignRoutes, newCampaign } from '@mesure/contract/campaigns';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { ErrorNotice, fieldsRefused, Page, Panel, validateWith } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';

/** A campaign begins with a name: from then on it is kept on the server, and the back button leads to it. */
export const NewCampaignPage = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const may = useMay('marketer', 'admin');
  const draft = useDraft<{ name: string }>('campaign/new');
  const form = useForm({
    initialValues: { name: draft.found?.name ?? '' },
    validate: validateWith(newCampaign),
  });
  const { keep } = draft;
  const { name } = form.values;
  useEffect(() => {
    if (name !== '') keep({ name });
  }, [keep, name]);
  const create = useCall(campaignRoutes.createCampaign, {
    refreshes: ['campaigns', 'home'],
    onSuccess: ({ id }) => {
      draft.forget();
      void navigate({ to: '/campaigns/$id/edit', params: { id }, search: { step: 'whom' }, replace: true });
    },
    onError: (error) => form.setErrors(fieldsRefused(error)),
  });
  return (
    <Page title={t('campaigns.new.title')} answer={t('campaigns.new.answer')}>
      <Panel>
        <form onSubmit={form.onSubmit((body) => create.mutate({ body }))}>
          <Group align="flex-end" gap="sm">
            <TextInput
              flex="1 1 16rem"
              maw={560}
              label={t('campaigns.edit.name')}
              description={t('campaigns.edit.nameHint')}
              autoFocus
              disabled={!may}
              {...form.getInputProps('name')}
            />
            <Button type="submit" loading={create.isPending} disabled={!may}>
              {t('campaigns.new.begin')}
            </Button>
          </Group>
        </form>
        {may ? null : t('campaigns.needsMarketer')}
        <ErrorNotice error={Object.keys(form.errors).length > 0 ? null : create.error} />
      </Panel>
    </Page>
  );
};
