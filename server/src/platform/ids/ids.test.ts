import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIds, uuidFrom } from './index.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('makes UUIDv7 that sort in the order they were made, even when the clock stands still or steps back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 2, maxLength: 9000 }), (steps) => {
      let ms = 1_770_000_000_000;
      let step = 0;
      const ids = createIds(() => (ms += steps[step++] ?? 0));
      const made = steps.map(() => ids.next());
      expect(made).toEqual(made.toSorted());
      expect(new Set(made).size).toBe(made.length);
      for (const id of made) expect(uuid.exec(id)?.[1]).toBe('7');
    }),
    { numRuns: 20 },
  );
});

it('keeps order through more than 4,096 ids of one millisecond', () => {
  const ids = createIds(() => 1_770_000_000_000);
  const made = Array.from({ length: 10_000 }, () => ids.next());
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(10_000);
});

it('derives the same id from the same namespace and name only', () => {
  expect(uuidFrom('order', 'A1')).toBe(uuidFrom('order', 'A1'));
  expect(uuidFrom('order', 'A1')).not.toBe(uuidFrom('orde', 'rA1'));
  expect(uuid.exec(uuidFrom('order', 'A1'))?.[1]).toBe('8');
});
