import { traitTestSchema } from '@mesure/contract/segments';
import { expect, it } from 'vitest';
import { asType, comparisons, textOperators, typeOf, withOperator } from './test-change.ts';

it('keeps the value when the operator changes', () => {
  expect(withOperator({ operator: 'equals', value: 'FR' }, 'in', 'text')).toEqual({
    operator: 'in',
    values: ['FR'],
  });
  expect(withOperator({ operator: 'in', values: ['FR', 'BE'] }, 'equals', 'text')).toEqual({
    operator: 'equals',
    value: 'FR',
  });
  expect(withOperator({ operator: 'gt', value: 3 }, 'between', 'number')).toEqual({
    operator: 'between',
    min: 3,
    max: 3,
  });
  expect(withOperator({ operator: 'contains', value: '12' }, 'gte', 'number')).toEqual({
    operator: 'gte',
    value: 12,
  });
});

it('always makes a test that can be read, but for values that are still to be given', () => {
  for (const from of [{ operator: 'equals', value: 'a' } as const, { operator: 'exists' } as const])
    for (const operator of [...textOperators, ...comparisons]) {
      const test = withOperator(from, operator, 'text');
      const open = from.operator === 'exists' && (operator === 'in' || operator === 'contains');
      expect(traitTestSchema.safeParse(test).success).toBe(!open);
    }
});

it('reads values as their type', () => {
  expect([
    asType('x', 'number'),
    asType('', 'number'),
    asType(true, 'number'),
    asType('1.5', 'number'),
  ]).toEqual([0, 0, 0, 1.5]);
  expect([asType('true', 'boolean'), asType(undefined, 'text'), asType(5, 'text')]).toEqual([true, '', '5']);
  expect([typeOf({ operator: 'equals', value: false }), typeOf({ operator: 'exists' })]).toEqual([
    'boolean',
    'text',
  ]);
});
