import { type AppError, appError, isAppError } from '#platform/errors';

interface EngineFields {
  readonly code?: unknown;
  readonly clickhouseCode?: unknown;
  readonly message?: unknown;
}

const codeOf = (error: unknown): number | undefined => {
  const { code, clickhouseCode } = (error ?? {}) as EngineFields;
  const number = Number(clickhouseCode ?? code);
  if (Number.isInteger(number) && number > 0) return number;
  const inMessage = /Code: (\d+)/.exec(error instanceof Error ? error.message : '');
  return inMessage === null ? undefined : Number(inMessage[1]);
};

const NETWORK = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|socket hang up|Timeout error/;

/** ClickHouse's own number (system.errors), also of an error that was already translated. */
export const clickHouseCodeOf = (error: unknown): number | undefined =>
  codeOf(isAppError(error) ? error.cause : error);

/** The one place where the engine's errors become ours. */
export const translateClickHouse = (error: unknown): AppError => {
  if (isAppError(error)) return error;
  const code = codeOf(error);
  const text =
    error instanceof Error
      ? `${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`
      : String(error);
  switch (code) {
    case 159:
    case 160:
      return appError('unavailable', {
        message:
          'This question took too long and was stopped. Narrow it (a shorter window, fewer conditions) and try again.',
        details: { reason: 'query_timeout' },
        cause: error,
      });
    case 241:
      return appError('unavailable', {
        message: 'This question needs more memory than is allowed. Narrow it and try again.',
        details: { reason: 'query_memory' },
        cause: error,
      });
    case 243:
      return appError('unavailable', {
        message: "The event store's disk is full. Nothing was written. Free some space and try again.",
        details: { reason: 'disk_full' },
        cause: error,
      });
    default:
      return code === undefined && NETWORK.test(text)
        ? appError('unavailable', {
            message: 'ClickHouse is not reachable. Try again in a moment.',
            cause: error,
          })
        : appError('internal', { cause: error, details: code === undefined ? {} : { clickhouseCode: code } });
  }
};
