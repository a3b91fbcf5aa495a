import type { TraitTest } from '@mesure/contract/segments';

export type Operator = TraitTest['operator'];
export type ValueType = 'text' | 'number' | 'boolean';
type Value = string | number | boolean;

export const textOperators = ['equals', 'in', 'contains', 'exists'] as const satisfies readonly Operator[];
export const comparisons = ['gt', 'gte', 'lt', 'lte', 'between'] as const satisfies readonly Operator[];
export const numberOperators = ['equals', ...comparisons] as const satisfies readonly Operator[];

const firstOf = (test: TraitTest): Value | undefined => {
  switch (test.operator) {
    case 'exists':
      return undefined;
    case 'in':
      return test.values[0];
    case 'between':
      return test.min;
    default:
      return test.value;
  }
};

/** The value as the type has it; what cannot be that becomes nothing of it: '' or 0. */
export const asType = (value: Value | undefined, type: ValueType): Value => {
  if (type === 'boolean') return value === true || value === 'true';
  if (type === 'text') return value === undefined ? '' : String(value);
  const number = typeof value === 'boolean' || value === '' ? 0 : Number(value ?? 0);
  return Number.isFinite(number) ? number : 0;
};

/** Another operator on the same value, as far as it goes. */
export const withOperator = (test: TraitTest, operator: Operator, type: ValueType): TraitTest => {
  if (operator === test.operator) return test;
  const value = firstOf(test);
  const number = asType(value, 'number') as number;
  switch (operator) {
    case 'exists':
      return { operator };
    case 'in':
      return { operator, values: value === undefined || value === '' ? [] : [asType(value, type)] };
    case 'contains':
      return { operator, value: asType(value, 'text') as string };
    case 'equals':
      return { operator, value: asType(value, type) };
    case 'between':
      return { operator, min: number, max: number };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return { operator, value: number };
  }
};

/** Of which type a test speaks, where nothing else says so. */
export const typeOf = (test: TraitTest): ValueType => {
  const value = firstOf(test);
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
};
