import { type Logger, pino } from 'pino';

export type Log = Logger;

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** A file descriptor or path; standard output when absent. */
  readonly destination?: string | number;
}

/** JSON lines without personal data: callers log ids, never addresses or names (L-26). */
export const createLog = (options: LogOptions): Log =>
  pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['email', '*.email', 'address', '*.address', 'req.headers', 'password', '*.password'],
        censor: '[personal]',
      },
    },
    pino.destination(options.destination ?? 1),
  );
