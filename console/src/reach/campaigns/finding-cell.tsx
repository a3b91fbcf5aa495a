import { Text, Tooltip } from '@mantine/core';
import type { CampaignBody } from '@mesure/contract/campaigns';
import { FindingBadge } from './finding-badge.tsx';
import type { CampaignFinding } from './use-findings.ts';

interface FindingCellProps {
  readonly campaign: CampaignBody;
  readonly known: CampaignFinding | undefined;
}

/** What a campaign changed, as far as it can be said; the report in one word, the sentence behind it. */
export const FindingCell = ({ campaign, known }: FindingCellProps) => {
  if (campaign.startedAt === null) return '–';
  if (!known?.finding) return '…';
  return (
    <Tooltip label={known.finding.sentence} multiline maw={360}>
      <Text span size="sm">
        <FindingBadge status={known.finding.status} />
      </Text>
    </Tooltip>
  );
};
