import { type ErrorBody, type ErrorCode, errorTable } from '@mesure/contract';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { AppError } from '#platform/errors';
import { appError, isAppError } from '#platform/errors';

interface FieldProblem {
  /** `body.items.0.email`. */
  readonly path: string;
  readonly problem: string;
}

const partNames: Readonly<Record<string, string>> = {
  body: 'body',
  querystring: 'query',
  params: 'params',
  headers: 'headers',
};

interface Thrown {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly validationContext?: unknown;
}

const fieldProblems = (error: unknown): readonly FieldProblem[] | null => {
  if (!hasZodFastifySchemaValidationErrors(error)) return null;
  const part = partNames[String((error as Thrown).validationContext)] ?? 'body';
  return error.validation.map((issue) => ({
    path: [part, ...issue.instancePath.split('/').filter((step) => step !== '')].join('.'),
    problem: issue.message ?? 'is not accepted',
  }));
};

const invalid = (problems: readonly FieldProblem[]): AppError =>
  appError('invalid_request', {
    message: problems
      .slice(0, 3)
      .map(({ path, problem }) => `${path}: ${problem}`)
      .join('; '),
    details: { fields: problems },
  });

/** fastify's own codes → ours. Anything absent here is our fault, not the caller's. */
const fromFramework = (thrown: Thrown): AppError | null => {
  switch (thrown.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return appError('too_large', { message: 'The body is larger than what this address accepts.' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
      return appError('invalid_request', { message: String(thrown.message) });
    default:
      break;
  }
  if (thrown.statusCode === 400) {
    return appError('invalid_request', { message: `The body is not valid JSON: ${String(thrown.message)}.` });
  }
  if (thrown.statusCode === 413) return appError('too_large');
  if (thrown.statusCode === 429) return appError('rate_limited');
  if (thrown.statusCode === 503)
    return appError('unavailable', { message: 'The server is busy. Try again in a moment.' });
  return null;
};

/** The error of the table that answers a thrown value. What nobody foresaw becomes `internal` and says nothing more. */
export const toAppError = (thrown: unknown): AppError => {
  if (isAppError(thrown)) return thrown;
  const problems = fieldProblems(thrown);
  if (problems) return invalid(problems);
  const known = typeof thrown === 'object' && thrown !== null ? fromFramework(thrown) : null;
  return known ?? appError('internal', { cause: thrown });
};

export const errorBody = (error: AppError, requestId: string): ErrorBody => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.details ? { details: error.details } : {}),
    requestId,
  },
});

export const isServerFault = (code: ErrorCode): boolean => errorTable[code].status >= 500;
