import { Group, Stack } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { CampaignBrake } from './campaign-brake.tsx';
import { ProgressTable } from './progress-table.tsx';
import { RunButtons } from './run-buttons.tsx';
import { SendsPanel } from './sends-panel.tsx';
import { stillOpen, tally } from './tally.ts';
import { TallyBar } from './tally-bar.tsx';
import { UncertainPanel } from './uncertain-panel.tsx';

/** Live events tell of changes; while messages leave, counts move faster than those. */
const WHILE_SENDING_MS = 2_000;

interface ProgressPanelsProps {
  readonly campaign: CampaignBody;
  /** Shown when what stands above it is there. */
  readonly below: ReactNode;
}

export const ProgressPanels = ({ campaign, below }: ProgressPanelsProps) => {
  const { t } = useWords();
  const progress = useQuery({
    ...queryOf(campaignRoutes.campaignProgress, { params: { id: campaign.id } }),
    refetchInterval: campaign.state === 'sending' ? WHILE_SENDING_MS : false,
  });
  if (!progress.data)
    return (
      <Panel title={t('campaigns.progress.title')}>
        {progress.error ? (
          <ErrorNotice error={progress.error} onRetry={() => void progress.refetch()} />
        ) : (
          <Loading lines={6} />
        )}
      </Panel>
    );
  const parts = tally(progress.data);
  const { uncertain } = progress.data.counts;
  const live = campaign.state === 'sending' || campaign.state === 'paused';
  return (
    <Stack gap="md">
      <Panel
        title={t('campaigns.progress.title')}
        actions={
          live ? (
            <Group gap="xs">
              <RunButtons campaign={campaign} open={stillOpen(progress.data)} />
              <CampaignBrake id={campaign.id} />
            </Group>
          ) : null
        }
      >
        <TallyBar parts={parts} audience={progress.data.audience} />
        <ProgressTable
          id={campaign.id}
          parts={parts}
          audience={progress.data.audience}
          unaccounted={progress.data.unaccounted}
        />
      </Panel>
      {uncertain > 0 ? <UncertainPanel id={campaign.id} count={uncertain} /> : null}
      <SendsPanel id={campaign.id} progress={progress.data} below={below} />
    </Stack>
  );
};
