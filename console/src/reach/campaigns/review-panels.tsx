import { Stack } from '@mantine/core';
import type { CampaignBody, CampaignReview } from '@mesure/contract/campaigns';
import { FindingList } from './finding-list.tsx';
import { Previews } from './previews.tsx';
import { ReviewReach } from './review-reach.tsx';

interface ReviewPanelsProps {
  readonly review: CampaignReview;
  readonly campaign: CampaignBody;
  readonly preview: number;
  readonly onPreview: (index: number) => void;
}

/** What would happen, in the order in which somebody decides: how many, who not, what is wrong, how it looks. */
export const ReviewPanels = ({ review, campaign, preview, onPreview }: ReviewPanelsProps) => (
  <Stack gap="md">
    <FindingList findings={review.findings} />
    <ReviewReach review={review} campaign={campaign} />
    <Previews previews={review.previews} current={preview} onShow={onPreview} />
  </Stack>
);
