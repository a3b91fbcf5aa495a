import { type CsvError, parse } from 'csv-parse';
import { appError } from '#platform/errors';
import type { Delimiter } from './delimiter.ts';

export interface CsvRecord {
  readonly fields: string[];
  /** First physical line in the file, counted from 1. */
  readonly line: number;
}

export interface ReadRecordsOptions {
  /** For messages. */
  readonly file: string;
  readonly delimiter: Delimiter;
  readonly maxRecordBytes?: number;
}

export const MAX_RECORD_BYTES = 1_048_576;

const newline = /\r\n|\n|\r/gu;
const linesInside = (fields: readonly string[]): number =>
  fields.reduce((sum, field) => sum + (field.match(newline)?.length ?? 0), 0);

const unreadable = (error: CsvError, line: number, options: ReadRecordsOptions) => {
  const where = `${options.file}, line ${line}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    return appError('unprocessable', {
      message: `${where}: this record is longer than ${limit} bytes. A quote that never closes or a missing line end is the usual cause. Nothing was imported.`,
      details: { reason: 'record_too_long', file: options.file, line, maxBytes: limit },
      cause: error,
    });
  }
  return appError('unprocessable', {
    message: `${where}: this is not readable as CSV (${error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote that opens here never closes' : error.message}). Nothing was imported.`,
    details: { reason: 'not_csv', file: options.file, line },
    cause: error,
  });
};

/**
 * UTF-8 bytes → batches of records, one per chunk of bytes, blank lines included as one empty field. csv-parse does the
 * splitting; records are taken in its `on_record` hook because its object stream costs more than the splitting itself.
 * @throws unprocessable with file and line for a record that is too long or a quote that never closes.
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadRecordsOptions,
): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  let nextLine = 1;
  let counted = 0;
  let failure: CsvError | undefined;
  const parser = parse({
    delimiter: options.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: options.maxRecordBytes ?? MAX_RECORD_BYTES,
    on_record: (fields: string[], context) => {
      // csv-parse counts CR LF inside quotes as two lines: its count only tells when to look.
      const inside = context.lines - counted === 1 ? 0 : linesInside(fields);
      counted = context.lines;
      batch.push({ fields, line: nextLine });
      nextLine += inside + 1;
      return null;
    },
  });
  parser.on('error', (error: CsvError) => {
    failure ??= error;
  });
  try {
    for await (const chunk of bytes) {
      await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
      if (batch.length > 0) yield batch;
      batch = [];
      if (failure !== undefined) throw unreadable(failure, nextLine, options);
    }
    await new Promise<void>((resolve) => {
      parser.once('close', resolve);
      parser.end();
      parser.resume();
    });
    if (batch.length > 0) yield batch;
    if (failure !== undefined) throw unreadable(failure, nextLine, options);
  } finally {
    parser.destroy();
  }
}
