import type { FormErrors } from '@mantine/form';
import type { z } from 'zod';
import { say } from '#words';

const wording = (issue: z.core.$ZodIssue, value: unknown): string => {
  const blank = value === undefined || value === null || value === '';
  if (blank) return say('common.field.required');
  if (issue.code === 'too_small' && issue.origin === 'string')
    return Number(issue.minimum) <= 1
      ? say('common.field.required')
      : say('common.field.tooShort', { count: Number(issue.minimum) });
  if (issue.code === 'too_big' && issue.origin === 'string')
    return say('common.field.tooLong', { count: Number(issue.maximum) });
  if (issue.code === 'invalid_format' && issue.format === 'email') return say('common.field.email');
  if (issue.code === 'invalid_format' && issue.format === 'url') return say('common.field.url');
  return say('common.field.wrong');
};

const at = (values: unknown, path: readonly PropertyKey[]): unknown => {
  let value = values;
  for (const key of path) value = (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];
  return value;
};

/** Validates a Mantine form with the schema that the API uses, and says what is wrong in the reader's language. */
export const validateWith =
  (schema: z.ZodType, words: Readonly<Record<string, string>> = {}) =>
  (values: unknown): FormErrors => {
    const parsed = schema.safeParse(values);
    if (parsed.success) return {};
    const errors: Record<string, string> = {};
    for (const issue of parsed.error.issues) {
      const path = issue.path.join('.');
      errors[path] ??= words[path] ?? wording(issue, at(values, issue.path));
    }
    return errors;
  };
