import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { CampaignBody } from '@mesure/contract/campaigns';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { tell } from '#platform/feedback';
import { ErrorNotice, Page } from '#platform/kit';
import { OthersHere } from '#platform/live';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { CampaignLink } from './campaign-link.tsx';
import { CampaignStateBadge } from './campaign-state.tsx';
import { CheckStep } from './check-step.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { stepOfField } from './form-values.ts';
import { type Step, steps } from './routes.ts';
import { StepList } from './step-list.tsx';
import { useEditing } from './use-editing.ts';
import { WhatStep } from './what-step.tsx';
import { WhenStep } from './when-step.tsx';
import { WhomStep } from './whom-step.tsx';

const route = getRouteApi('/inside/campaigns/$id/edit');

/** The fields live above the steps and the step lives in the address: going back and forth loses nothing. */
export const Wizard = ({ campaign }: { readonly campaign: CampaignBody }) => {
  const { t } = useWords();
  const { step } = route.useSearch();
  const navigate = useNavigate();
  const may = useMay('marketer', 'admin');
  const editing = useEditing(campaign);
  const { form, dirty, saving } = editing;
  const at = steps.indexOf(step);

  const go = async (to: Step): Promise<void> => {
    if (may && !editing.theirs && !(await editing.save())) {
      const wrong = Object.keys(form.validate().errors)[0];
      if (wrong === undefined || stepOfField(wrong) === step) return;
    }
    void navigate({ to: '/campaigns/$id/edit', params: { id: campaign.id }, search: { step: to } });
  };
  const save = async (): Promise<void> => {
    if (await editing.save()) tell(t('common.saved'));
  };
  useHotkeys([['mod+S', () => void save()]], []);
  // Leaving by a link saves first, where it can: what cannot be saved stays in this browser.
  useBlocker({
    shouldBlockFn: async ({ next }) => {
      if (dirty && may && next.pathname !== `/campaigns/${campaign.id}/edit`) await editing.save();
      return false;
    },
    enableBeforeUnload: false,
  });

  const before = steps[at - 1];
  const next = steps[at + 1];
  const backAndForth = (
    <Group gap="sm">
      {before ? (
        <Button variant="default" onClick={() => void go(before)}>
          {t('common.back')}
        </Button>
      ) : null}
      {next ? (
        <Button onClick={() => void go(next)} loading={saving}>
          {t('campaigns.edit.nextTo', { step: t(`campaigns.edit.step.${next}`) })}
        </Button>
      ) : null}
    </Group>
  );
  return (
    <Page
      title={form.values.name.trim() === '' ? t('campaigns.edit.title') : form.values.name}
      above={<CampaignLink id={campaign.id}>{t('campaigns.edit.look')}</CampaignLink>}
      others={<OthersHere kind="campaign" id={campaign.id} />}
      actions={
        <>
          <Text size="sm" c="var(--mesure-quiet)" aria-live="polite">
            {saving ? t('common.draft.saving') : dirty ? t('common.draft.unsaved') : t('common.saved')}
          </Text>
          <CampaignStateBadge state={campaign.state} />
          <Button variant="default" onClick={() => void save()} loading={saving} disabled={!may || !dirty}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <StepList current={step} onGo={(to) => void go(to)} errors={form.errors} />
      {editing.restored && dirty && !editing.theirs ? (
        <Alert color="accent">
          <Group gap="sm">
            <Text size="sm">{t('common.draft.restored')}</Text>
            <Anchor component="button" type="button" size="sm" onClick={editing.discard}>
              {t('common.draft.discard')}
            </Anchor>
          </Group>
        </Alert>
      ) : null}
      {campaign.state === 'draft' ? null : (
        <Alert color="yellow">
          {t(`campaigns.edit.voids.${campaign.state === 'in_review' ? 'review' : 'approval'}`)}
        </Alert>
      )}
      {may ? null : <Alert color="yellow">{t('campaigns.needsMarketer')}</Alert>}
      {editing.theirs ? <ConflictNotice theirs={editing.theirs} editing={editing} /> : null}
      <ErrorNotice error={editing.error} />
      {step === 'whom' ? <WhomStep form={form} /> : null}
      {step === 'what' ? <WhatStep form={form} /> : null}
      {step === 'when' ? <WhenStep form={form} timeZone={editing.timeZone} /> : null}
      {step === 'check' ? (
        <CheckStep campaign={campaign} unsaved={dirty} below={backAndForth} />
      ) : (
        backAndForth
      )}
    </Page>
  );
};
