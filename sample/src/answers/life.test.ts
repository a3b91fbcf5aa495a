import { expect, it } from 'vitest';
import { createShop } from '../shop/shop.ts';
import { answererOf } from './answerer.ts';
import { effectOf } from './answers.ts';
import { type Arrived, createLife } from './life.ts';

const start = new Date('2026-03-17T09:00:00Z');
const shop = createShop({ seed: 3, customers: 4000, products: 120, now: start, months: 6 });
const people = shop.customers.map(answererOf);
const day = (count: number): Date => new Date(start.getTime() + count * 86_400_000);
const arrived: readonly Arrived[] = people.map((person) => ({
  id: `m-${person.id}`,
  person,
  mail: { shows: [] },
  at: day(1),
}));
const life = () => createLife({ seed: 1, people, start });

it('is the same in one step and in many', () => {
  const whole = life().between({ from: day(0), until: day(9) }, arrived);
  const stepwise = createLife({ seed: 1, people, start });
  const steps = Array.from({ length: 9 * 4 }, (_, index) =>
    stepwise.between({ from: day(index / 4), until: day((index + 1) / 4) }, arrived),
  ).flat();
  const written = (acts: typeof whole) =>
    acts.map(({ at, kind, person }) => `${at.toISOString()} ${kind} ${person.id}`);
  expect(written(steps).toSorted()).toEqual(written(whole).toSorted());
  expect(whole.length).toBeGreaterThan(500);
});

it('realises the effect that is stated', () => {
  const ordered = (messages: readonly Arrived[]): number =>
    life()
      .between({ from: day(1), until: day(8) }, messages)
      .filter(({ kind }) => kind === 'order').length;
  const stated = people.reduce((sum, person) => {
    const effect = effectOf(person, { shows: [] }, 7);
    return sum + effect.with - effect.without;
  }, 0);
  // Four standard errors of a difference of counts that share what happens anyway.
  expect(Math.abs(ordered(arrived) - ordered([]) - stated)).toBeLessThan(4 * Math.sqrt(0.08 * 4000));
});

it('has nobody click or leave to whom nobody wrote', () => {
  const acts = life().between({ from: day(0), until: day(7) }, []);
  expect(new Set(acts.map(({ kind }) => kind))).toEqual(new Set(['order']));
});
