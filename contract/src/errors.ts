/** Every error that crosses the API: code → HTTP status, default sentence, whether the same call may work later. */
export const errorTable = {
  invalid_request: { status: 400, message: 'The request does not match the contract.', retryable: false },
  unauthenticated: { status: 401, message: 'Sign in first.', retryable: false },
  wrong_credentials: {
    status: 401,
    message: 'This e-mail address and password do not go together.',
    retryable: false,
  },
  forbidden: { status: 403, message: 'Your role does not allow this.', retryable: false },
  cross_site: {
    status: 403,
    message: 'This request came from another site and was refused.',
    retryable: false,
  },
  not_found: { status: 404, message: 'There is nothing here under this id.', retryable: false },
  conflict: {
    status: 409,
    message: 'Somebody changed this in the meantime. Reload and try again.',
    retryable: false,
  },
  too_large: { status: 413, message: 'This is larger than what is accepted.', retryable: false },
  unprocessable: { status: 422, message: 'This cannot be done as asked.', retryable: false },
  rate_limited: { status: 429, message: 'Too many requests. Wait a moment and try again.', retryable: true },
  internal: {
    status: 500,
    message: 'Something went wrong on our side. Nothing was changed.',
    retryable: true,
  },
  unavailable: { status: 503, message: 'A store is not reachable. Try again in a moment.', retryable: true },
} as const satisfies Readonly<Record<string, { status: number; message: string; retryable: boolean }>>;

export type ErrorCode = keyof typeof errorTable;

export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
    readonly requestId: string;
  };
}
