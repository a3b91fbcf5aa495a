import type { NumberTest, TextTest, TraitTest } from '@mesure/contract/segments';

/** A test where only texts can stand. */
export const asTextTest = (test: TraitTest): TextTest => {
  switch (test.operator) {
    case 'equals':
      return { operator: 'equals', value: String(test.value) };
    case 'in':
      return { operator: 'in', values: test.values.map(String) };
    case 'contains':
    case 'exists':
      return test;
    default:
      return { operator: 'equals', value: String(test.operator === 'between' ? test.min : test.value) };
  }
};

/** A test where only numbers can stand. */
export const asNumberTest = (test: TraitTest): NumberTest => {
  switch (test.operator) {
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'between':
      return test;
    case 'equals':
      return { operator: 'equals', value: Number(test.value) || 0 };
    default:
      return { operator: 'gte', value: 0 };
  }
};
