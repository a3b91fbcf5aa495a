import type { Decision } from './decision.ts';

/** One plausible decision for tests: two conditions, a draw between three versions, two products shown of three. */
export const decision = (change: Partial<Decision> = {}): Decision => ({
  id: '0190cccc-0000-7000-8000-000000000001',
  campaignId: '0190cccc-0000-7000-8000-000000000002',
  profileId: '0190cccc-0000-7000-8000-000000000003',
  at: new Date('2026-03-03T09:00:00.000Z'),
  message: {
    campaignName: 'Coffee in March',
    subject: 'Your coffee is waiting',
    channel: 'email',
    entityId: '0190cccc-0000-7000-8000-000000000004',
  },
  audienceRule: {
    words: {
      en: 'ordered at least 2 times in 90 days and lives in France',
      fr: 'a commandé au moins 2 fois en 90 jours et vit en France',
    },
    hash: 'rule-hash',
    values: [{ name: { en: 'orders in 90 days', fr: 'commandes en 90 jours' }, value: 3 }],
    outcome: {
      kind: 'all',
      of: [
        {
          kind: 'condition',
          words: { en: 'ordered at least 2 times in 90 days', fr: 'a commandé au moins 2 fois en 90 jours' },
          value: { en: '3 orders', fr: '3 commandes' },
          met: true,
        },
        { kind: 'condition', words: { en: 'lives in France', fr: 'vit en France' }, value: null, met: true },
      ],
    },
  },
  inputs: { personalised: true },
  candidates: [
    {
      sku: 'c1',
      name: 'Colombian coffee',
      category: 'Coffee',
      score: 0.9,
      reason: 'rebuy',
      basis: { times: 3 },
    },
    {
      sku: 'c2',
      name: 'Paper filters',
      category: 'Coffee',
      score: 0.7,
      reason: 'popular_in_category',
      basis: {},
    },
    { sku: 'c3', name: 'Milk frother', category: 'Coffee', score: 0.2, reason: 'popular', basis: {} },
  ],
  removed: [{ sku: 'c4', name: 'Coffee grinder', reason: 'just_bought' }],
  choice: { variant: 'b', variants: ['a', 'b', 'c'], products: ['c1', 'c2'] },
  probability: 1 / 3,
  experimentArms: [
    { experiment: 'global_holdout', kind: 'holdout', arm: 'treated', share: 0.95 },
    { experiment: 'campaign', kind: 'variant', arm: 'b', share: 1 / 3 },
  ],
  legalBasis: { kind: 'consent', entryId: '0190cccc-0000-7000-8000-000000000005' },
  approverNames: ['Ana'],
  contentHash: 'content-hash',
  modelVersions: { recommend: '1' },
  ...change,
});
