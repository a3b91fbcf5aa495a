import type { CampaignReview } from '@mesure/contract/campaigns';
import { describe, expect, it } from 'vitest';
import { changedSince, type Definition, differences } from './differences.ts';

const definition: Definition = {
  name: 'Spring',
  segmentId: null,
  topic: null,
  entityId: null,
  variants: [{ key: 'A', messageId: 'm', weight: 1 }],
  holdoutShare: 0.1,
  productCount: 0,
  onPressure: 'block',
  startAt: null,
};
const review: CampaignReview = {
  version: 1,
  fingerprint: 'f',
  audienceInWords: { en: 'all', fr: 'tous' },
  audience: 1,
  wouldGet: 1,
  removed: [],
  held: [],
  globalHoldout: 0,
  campaignHoldout: 0,
  perVariant: [],
  productsChecked: true,
  previews: [],
  findings: [],
  ready: true,
};

describe('what changed', () => {
  it('is named part by part', () => {
    expect(differences(definition, definition)).toEqual([]);
    expect(differences(definition, { ...definition, name: 'Summer', holdoutShare: 0.2 })).toEqual([
      'name',
      'holdoutShare',
    ]);
  });

  it('is said to an approver when the fingerprint is another, and only then', () => {
    const before = { campaign: definition, review };
    const other = { ...review, fingerprint: 'g' };
    expect(changedSince(before, { campaign: definition, review: { ...review, wouldGet: 2 } })).toEqual([]);
    expect(changedSince(before, { campaign: definition, review: other })).toEqual(['outside']);
    expect(
      changedSince(before, {
        campaign: definition,
        review: { ...other, audienceInWords: { en: 'some', fr: 'quelques-uns' } },
      }),
    ).toEqual(['rule']);
    expect(changedSince(before, { campaign: definition, review: { ...other, version: 2 } })).toEqual([
      'version',
    ]);
    expect(changedSince(before, { campaign: { ...definition, topic: 'news' }, review: other })).toEqual([
      'topic',
    ]);
  });
});
