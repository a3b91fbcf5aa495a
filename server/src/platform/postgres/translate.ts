import { type AppError, appError, isAppError } from '#platform/errors';

interface DriverFields {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly message: string;
}

const fieldsOf = (error: unknown): DriverFields => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, constraint, table } = error as Error &
    Partial<Record<'code' | 'constraint' | 'table', string>>;
  return {
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
  };
};

/** PostgreSQL's own code (SQLSTATE), also of an error that was already translated. */
export const sqlStateOf = (error: unknown): string | undefined =>
  fieldsOf(isAppError(error) ? error.cause : error).code;

const CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const isConnectionLoss = ({ code, message }: DriverFields): boolean =>
  code === undefined
    ? /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
        message,
      )
    : CONNECTION.has(code) || code.startsWith('08') || /^57P0[123]$/.test(code);

/** Errors that the same transaction, run again, will probably not meet (40001 serialization_failure, 40P01 deadlock_detected). */
export const isWorthRetrying = (error: unknown): boolean => {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
};

/**
 * The one place where the driver's errors become ours. Messages never quote values: a unique violation's own detail
 * would put an address into a log.
 */
export const translate = (error: unknown): AppError => {
  if (isAppError(error)) return error;
  const fields = fieldsOf(error);
  const { code, constraint, table } = fields;
  const where = {
    ...(table === undefined ? {} : { table }),
    ...(constraint === undefined ? {} : { constraint }),
  };
  if (isConnectionLoss(fields)) {
    return appError('unavailable', {
      message:
        'PostgreSQL is not reachable. Nothing was changed, or the change cannot be confirmed. Try again in a moment.',
      cause: error,
    });
  }
  switch (code) {
    case '23505':
      return appError('conflict', {
        message: 'Something with the same key exists already.',
        details: { reason: 'unique_violation', ...where },
        cause: error,
      });
    case '23503':
      return appError('conflict', {
        message: 'Something that this refers to does not exist, or something still refers to it.',
        details: { reason: 'foreign_key_violation', ...where },
        cause: error,
      });
    case '40001':
    case '40P01':
      return appError('unavailable', { message: 'Too many changes at once. Try again.', cause: error });
    case '53100':
      return appError('unavailable', {
        message: "The database's disk is full. Nothing was changed. Free some space and try again.",
        cause: error,
      });
    case '53300':
      return appError('unavailable', {
        message: 'The database has no free connection. Try again in a moment.',
        cause: error,
      });
    case '57014':
      return appError('unavailable', {
        message: 'The database stopped a statement that took too long. Try again in a moment.',
        cause: error,
      });
    default:
      return appError('internal', { cause: error });
  }
};
