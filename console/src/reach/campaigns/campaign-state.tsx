import type { CampaignState } from '@mesure/contract/campaigns';
import { StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { useWords } from '#words';

const tones: Readonly<Record<CampaignState, Tone>> = {
  draft: 'neutral',
  in_review: 'caution',
  approved: 'active',
  scheduled: 'active',
  sending: 'active',
  paused: 'caution',
  finished: 'good',
  stopped: 'bad',
};

export const CampaignStateBadge = ({ state }: { readonly state: CampaignState }) => {
  const { t } = useWords();
  return <StateBadge tone={tones[state]}>{t(`campaigns.state.${state}`)}</StateBadge>;
};
