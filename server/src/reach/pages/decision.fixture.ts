import type { Decision } from '#choose/policy';

/** A decision whose every part can be found on the page by its own words. */
export const storedDecision = (change: Partial<Decision> & Pick<Decision, 'id' | 'profileId'>): Decision => ({
  campaignId: '0190dddd-0000-7000-8000-000000000002',
  at: new Date('2026-03-01T09:00:00.000Z'),
  message: {
    campaignName: 'Café de mars',
    subject: 'Votre café vous attend',
    channel: 'email',
    entityId: '0190dddd-0000-7000-8000-000000000004',
  },
  audienceRule: {
    words: { en: 'ordered coffee twice and lives in Lyon', fr: 'a commandé du café deux fois et vit à Lyon' },
    hash: 'h',
    values: [
      { name: { en: 'orders of coffee', fr: 'commandes de café' }, value: 7 },
      { name: { en: 'city', fr: 'ville' }, value: 'Lyon' },
    ],
    outcome: {
      kind: 'all',
      of: [
        {
          kind: 'condition',
          words: { en: 'ordered coffee twice', fr: 'a commandé du café deux fois' },
          value: { en: 'seven orders', fr: 'sept commandes' },
          met: true,
        },
        {
          kind: 'any',
          of: [
            { kind: 'condition', words: { en: 'lives in Lyon', fr: 'vit à Lyon' }, value: null, met: true },
            { kind: 'condition', words: { en: 'lives in Nice', fr: 'vit à Nice' }, value: null, met: false },
          ],
        },
      ],
    },
  },
  inputs: {},
  candidates: [
    { sku: 's1', name: 'Moka d’Éthiopie', category: 'Café', score: 2, reason: 'rebuy', basis: {} },
    { sku: 's2', name: 'Filtres <fins>', category: 'Café', score: 1, reason: 'popular', basis: {} },
  ],
  removed: [
    { sku: 's3', name: 'Moulin', reason: 'just_bought' },
    { sku: 's4', name: 'Gel apaisant', reason: 'sensitive' },
  ],
  choice: { variant: 'b', variants: ['a', 'b', 'c'], products: ['s1'] },
  probability: 1 / 3,
  experimentArms: [{ experiment: 'global_holdout', kind: 'holdout', arm: 'treated', share: 0.95 }],
  legalBasis: { kind: 'consent', entryId: '0190dddd-0000-7000-8000-000000000005' },
  approverNames: ['Camille Approuve'],
  contentHash: 'c',
  modelVersions: {},
  ...change,
});
