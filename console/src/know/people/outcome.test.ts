import { expect, it } from 'vitest';
import { conditionsOf, type Outcome, outcomeSchema, rulesSchema } from './outcome.ts';

const words = (en: string) => ({ en, fr: en });

it('lists what was seen, and what had to be absent', () => {
  const outcome: Outcome = {
    kind: 'all',
    of: [
      { kind: 'condition', words: words('ordered'), value: words('16 times'), met: true },
      { kind: 'not', of: { kind: 'condition', words: words('unsubscribed'), value: null, met: false } },
    ],
  };
  expect(outcomeSchema.parse(outcome)).toEqual(outcome);
  expect(conditionsOf(outcome).map(({ words: { en }, met, negated }) => [en, met, negated])).toEqual([
    ['ordered', true, false],
    ['unsubscribed', false, true],
  ]);
});

it('reads what a record has, and misses nothing else', () => {
  expect(
    rulesSchema.parse({ rules: { quietHours: true, pressureCap: { messages: 2, hours: 168 } } }),
  ).toEqual({
    rules: { quietHours: undefined, pressureCap: { messages: 2, hours: 168 } },
    personalised: undefined,
    clickTracking: undefined,
  });
});
