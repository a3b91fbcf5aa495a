import type { CampaignReportBody } from '@mesure/contract/report';
import { StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { useWords } from '#words';

type Status = CampaignReportBody['finding']['status'];

/** Green only for what is proven: luck stays grey. */
const tones: Readonly<Record<Status, Tone>> = {
  proven: 'good',
  not_yet: 'neutral',
  harmful: 'bad',
  not_comparable: 'caution',
  not_started: 'neutral',
};

export const FindingBadge = ({ status }: { readonly status: Status }) => {
  const { t } = useWords();
  return <StateBadge tone={tones[status]}>{t(`common.finding.${status}`)}</StateBadge>;
};
