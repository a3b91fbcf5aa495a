import type { FormErrors } from '@mantine/form';
import { ApiError } from '#platform/api';

interface FieldProblem {
  readonly path: string;
  readonly problem: string;
}

/** The fields that the server refused, for `form.setErrors`; empty when the error is about something else. */
export const fieldsRefused = (error: unknown): FormErrors => {
  if (!(error instanceof ApiError)) return {};
  const fields = error.details?.['fields'];
  if (!Array.isArray(fields)) return {};
  return Object.fromEntries(
    (fields as readonly FieldProblem[]).map(({ path, problem }) => [path.replace(/^body\./, ''), problem]),
  );
};
