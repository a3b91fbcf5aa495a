import type {
  EventFilter,
  LeafRule,
  NumberTest,
  Rule,
  TextTest,
  TraitTest,
  Window,
} from '@mesure/contract/segments';
import fc from 'fast-check';

/** Few words, so that generated rules meet generated people; among them what SQL, JSON and LIKE treat specially. */
export const WORDS = [
  'gold',
  'Gold',
  "l'été",
  'a"b',
  'c\\d',
  '100%',
  '{p0:String}',
  "'; drop table events; --",
  'œuf',
];
export const KEYS = ['plan', 'score', "k'ey", 'é\\"t'];
export const NAMES = ['page_viewed', 'message_clicked', 'order_completed', 'order_refunded'];
const NUMBERS = [-1, 0, 0.055, 1, 2, 2.5, 10, 100];

export const word = fc.constantFrom(...WORDS);
export const key = fc.constantFrom(...KEYS);
export const name = fc.constantFrom(...NAMES);
export const number = fc.constantFrom(...NUMBERS);

const textTest: fc.Arbitrary<TextTest> = fc.oneof(
  fc.record({ operator: fc.constant('equals' as const), value: fc.oneof(word, fc.constant('')) }),
  fc.record({ operator: fc.constant('in' as const), values: fc.array(word, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    operator: fc.constant('contains' as const),
    value: fc.oneof(word, fc.constantFrom('o', 'GOL', "'", '%', '\\')),
  }),
  fc.constant({ operator: 'exists' as const }),
);

const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({
    operator: fc.constantFrom(
      'equals' as const,
      'gt' as const,
      'gte' as const,
      'lt' as const,
      'lte' as const,
    ),
    value: number,
  }),
  fc.tuple(number, number).map(([one, other]) => ({
    operator: 'between' as const,
    min: Math.min(one, other),
    max: Math.max(one, other),
  })),
);

const traitValue = fc.oneof(word, number, fc.boolean());
const traitTest: fc.Arbitrary<TraitTest> = fc.oneof(
  fc.record({ operator: fc.constant('equals' as const), value: traitValue }),
  fc.record({
    operator: fc.constant('in' as const),
    values: fc.array(traitValue, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ operator: fc.constant('contains' as const), value: word }),
  fc.constant({ operator: 'exists' as const }),
  numberTest,
);

const filter: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), key, test: textTest }),
  fc.record({ kind: fc.constant('number' as const), key, test: numberTest }),
  fc
    .record(
      {
        kind: fc.constant('item' as const),
        sku: textTest,
        name: textTest,
        category: textTest,
        quantity: numberTest,
        unitPrice: numberTest,
      },
      { requiredKeys: ['kind'] },
    )
    .filter((item) => Object.keys(item).length > 1),
);

const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({
    kind: fc.constant('last' as const),
    amount: fc.constantFrom(1, 2, 24, 30),
    unit: fc.constantFrom('hours' as const, 'days' as const),
  }),
  fc.constantFrom(
    { kind: 'between' as const, from: '2026-02-01' },
    { kind: 'between' as const, to: '2026-03-01' },
    { kind: 'between' as const, from: '2026-02-01T00:00:00Z', to: '2026-03-01T12:00:00+01:00' },
  ),
);

const leaf: fc.Arbitrary<LeafRule> = fc.oneof(
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('city' as const, 'country' as const, 'email_domain' as const, 'language' as const),
    test: fc.oneof(textTest, fc.constant({ operator: 'equals' as const, value: 'fr' })),
  }),
  fc.record({ kind: fc.constant('trait' as const), key, test: traitTest }),
  fc.record(
    {
      kind: fc.constant('event' as const),
      did: fc.boolean(),
      name,
      atLeast: fc.integer({ min: 1, max: 3 }),
      where: fc.array(filter, { maxLength: 2 }),
      window,
    },
    { requiredKeys: ['kind', 'did', 'name'] },
  ),
  fc.record(
    {
      kind: fc.constant('spent' as const),
      currency: fc.constantFrom('EUR', 'GBP'),
      test: numberTest,
      window,
    },
    { requiredKeys: ['kind', 'currency', 'test'] },
  ),
  fc.record({
    kind: fc.constant('recency' as const),
    name,
    last: fc.constantFrom('newer_than' as const, 'older_than' as const),
    amount: fc.constantFrom(1, 2, 24, 30),
    unit: fc.constantFrom('hours' as const, 'days' as const),
  }),
);

export const ruleArbitrary: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { maxLength: 3 }).map((rules) => ({ kind: 'all' as const, rules })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules) => ({ kind: 'any' as const, rules })),
    tie('rule').map((rule) => ({ kind: 'not' as const, rule })),
  ),
})).rule;
