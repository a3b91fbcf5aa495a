import { Logger } from 'graphile-worker';
import { isAppError } from '#platform/errors';
import type { Log } from '#platform/log';

/** What kind of failure, without its words: they may quote what a person wrote. */
const kindOf = (error: unknown): Readonly<Record<string, unknown>> => {
  if (isAppError(error)) return { error: error.code, details: error.details };
  return error instanceof Error ? { error: error.name, at: error.stack?.split('\n')[1]?.trim() } : {};
};

const LEVELS: Readonly<Record<string, 'debug' | 'info' | 'warn' | 'error'>> = {
  debug: 'debug',
  // A line per job and per start is not news.
  info: 'debug',
  warning: 'warn',
  error: 'error',
};

/** graphile-worker's lines, silent without a log. Sentences that end in an error's own words are cut before them. */
export const queueLogger = (log: Log | undefined): Logger =>
  new Logger((scope) => (level, message, meta) => {
    const words = message.split(/ with error | error: |: Error/i, 1)[0] ?? '';
    log?.[LEVELS[level] ?? 'info'](
      { task: scope.taskIdentifier, job: scope.jobId, ...kindOf(meta?.['error']) },
      words.slice(0, 200),
    );
  });
