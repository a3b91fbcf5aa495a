import { expect, it } from 'vitest';
import { createShop } from '../shop/shop.ts';
import { answererOf } from './answerer.ts';
import { answerOf, effectOf } from './answers.ts';

const now = new Date('2026-03-10T09:00:00Z');
const shop = createShop({ seed: 3, customers: 4000, products: 120, now, months: 6 });
const people = shop.customers.map(answererOf);
const mail = { shows: [] };
const window = { from: now, days: 7 };

it('realises the effect that it states', () => {
  const ordered = (situation: typeof mail | undefined) =>
    people.filter(
      (customer) => answerOf({ seed: 1, occasion: 'c1' }, customer, { window, mail: situation }).orderAt,
    ).length / 4000;
  const stated = people.reduce((sum, customer) => {
    const effect = effectOf(customer, mail, window.days);
    return sum + effect.with - effect.without;
  }, 0);
  // Four standard errors of a difference of two worlds that share their draws (share moved about 5 %).
  const error = 4 * Math.sqrt(0.05 / 4000);
  expect(Math.abs(ordered(mail) - ordered(undefined) - stated / 4000)).toBeLessThan(error);
});

it('moves only the persuadable upwards, and the annoyed never', () => {
  for (const customer of people) {
    const effect = effectOf(customer, mail, 7);
    if (customer.response === 'persuadable' && !customer.bounces)
      expect(effect.with).toBeGreaterThan(effect.without);
    else expect(effect.with).toBeLessThanOrEqual(effect.without);
  }
});

it('answers inside the window, and clicks or leaves only when there was a mail', () => {
  for (const customer of people) {
    const silent = answerOf({ seed: 1, occasion: 'c1' }, customer, { window, mail: undefined });
    expect(silent.clickAt).toBeUndefined();
    expect(silent.unsubscribeAt).toBeUndefined();
    const answer = answerOf({ seed: 1, occasion: 'c1' }, customer, { window, mail });
    for (const at of [answer.clickAt, answer.orderAt, answer.unsubscribeAt]) {
      if (!at) continue;
      expect(at.getTime()).toBeGreaterThan(now.getTime());
      expect(at.getTime()).toBeLessThan(now.getTime() + 7 * 86_400_000);
    }
  }
});
