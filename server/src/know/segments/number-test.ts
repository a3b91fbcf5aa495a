import type { NumberTest } from '@mesure/contract/segments';

export const numberHolds = (value: number, test: NumberTest): boolean => {
  switch (test.operator) {
    case 'equals':
      return value === test.value;
    case 'gt':
      return value > test.value;
    case 'gte':
      return value >= test.value;
    case 'lt':
      return value < test.value;
    case 'lte':
      return value <= test.value;
    case 'between':
      return value >= test.min && value <= test.max;
  }
};
