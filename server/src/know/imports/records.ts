import { appError } from '#platform/errors';
import type { Delimiter } from './delimiter.ts';
import { type CsvRecord, createRecordSplitter, type SplitFailure } from './split-records.ts';

export interface ReadRecordsOptions {
  /** For messages. */
  readonly file: string;
  readonly delimiter: Delimiter;
  readonly maxRecordChars?: number;
}

export const MAX_RECORD_CHARS = 1_048_576;

const unreadable = (
  failure: { readonly reason: SplitFailure; readonly line: number },
  options: ReadRecordsOptions,
) => {
  const where = `${options.file}, line ${failure.line}`;
  const maxChars = options.maxRecordChars ?? MAX_RECORD_CHARS;
  const details = { file: options.file, line: failure.line };
  return failure.reason === 'record_too_long'
    ? appError('unprocessable', {
        message: `${where}: this record is longer than ${maxChars} characters. A quote that never closes or a missing line end is the usual cause. Nothing was imported.`,
        details: { ...details, reason: 'record_too_long', maxChars },
      })
    : appError('unprocessable', {
        message: `${where}: a quote that opens in this record never closes. Nothing was imported.`,
        details: { ...details, reason: 'not_csv' },
      });
};

/**
 * Text → batches of records, one per piece of text.
 * @throws unprocessable with file and line for a record that is too long or a quote that never closes.
 */
export async function* readRecords(
  pieces: AsyncIterable<string>,
  options: ReadRecordsOptions,
): AsyncGenerator<readonly CsvRecord[]> {
  const splitter = createRecordSplitter(options.delimiter, options.maxRecordChars ?? MAX_RECORD_CHARS);
  const check = (): void => {
    const failure = splitter.failure();
    if (failure !== null) throw unreadable(failure, options);
  };
  for await (const piece of pieces) {
    const batch = splitter.push(piece);
    if (batch.length > 0) yield batch;
    check();
  }
  const last = splitter.finish();
  if (last.length > 0) yield last;
  check();
}
