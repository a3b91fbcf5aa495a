import type { FieldUse } from '../compile.ts';
import type { Finding } from '../finding.ts';
import { FIELD_ROOTS, fieldsOf } from '../guide/fields.ts';
import { finding } from './wording.ts';

const LIST_WORDS = new Set(['first', 'last', '[]']);

const isKnown = ([root = '', first, second]: readonly string[]): boolean => {
  if (root === 'profile') {
    return first === 'traits' || fieldsOf('profile').includes(first ?? '');
  }
  if (root === 'products') {
    if (first === undefined || first === 'size') {
      return true;
    }
    return (
      (LIST_WORDS.has(first) || /^\d+$/.test(first)) &&
      (second === undefined || fieldsOf('products').includes(second))
    );
  }
  const known = FIELD_ROOTS.find((name) => name === root);
  return known !== undefined && fieldsOf(known).includes(first ?? '');
};

/** Fields that no recipient will ever have. Those of a loop's own variable are found by rendering a sample. */
export const lintFields = (fields: readonly FieldUse[]): Finding[] => {
  const unknown = new Map<string, FieldUse>();
  for (const use of fields) {
    if (!isKnown(use.path)) {
      unknown.set(use.path.join('.'), use);
    }
  }
  return [...unknown].map(([name, use]) => finding('unknown_field', use.where, name));
};

export const traitsOf = (fields: readonly FieldUse[]): string[] =>
  fields.flatMap(({ path: [root, field, trait] }) =>
    root === 'profile' && field === 'traits' && trait ? [trait] : [],
  );
