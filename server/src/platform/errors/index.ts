import { type ErrorCode, errorTable } from '@mesure/contract';

export interface AppErrorOptions {
  /** What is wrong, where, and what to do. Defaults to the table's sentence. */
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error whose code, status and sentence come from the table in the contract. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(
      options.message ?? errorTable[code].message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.status = errorTable[code].status;
    this.details = options.details;
  }
}

export const appError = (code: ErrorCode, options: AppErrorOptions = {}): AppError =>
  new AppError(code, options);

export const isAppError = (error: unknown): error is AppError => error instanceof AppError;
