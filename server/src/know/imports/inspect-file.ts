import { open } from 'node:fs/promises';
import { appError, isAppError } from '#platform/errors';
import { guessDelimiter } from './delimiter.ts';
import { watchEncoding } from './encoding.ts';
import { hasPackedItems } from './presets.ts';
import { readRecords } from './records.ts';
import { isGzip, openBytes, type SourceFile } from './source-file.ts';

export interface InspectedFile extends SourceFile {
  /** Records of the beginning and of the end, in file order. */
  readonly sample: readonly (readonly string[])[];
}

const HEAD_BYTES = 262_144;
const TAIL_BYTES = 65_536;
const HEAD_RECORDS = 400;
const TAIL_RECORDS = 100;
const MAX_COLUMNS = 2000;

const refuse = (name: string, reason: string, message: string) =>
  appError('unprocessable', { message: `${name} ${message}`, details: { reason, file: name } });

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** A sample may end in the middle of a quoted field: what stands before it is enough. */
const recordsOf = async (text: string, file: Pick<SourceFile, 'name' | 'delimiter'>): Promise<string[][]> => {
  const records: string[][] = [];
  try {
    for await (const batch of readRecords(once(text), { file: file.name, delimiter: file.delimiter })) {
      for (const { fields } of batch) if (fields.length > 1 || fields[0] !== '') records.push(fields);
    }
  } catch (error) {
    if (!isAppError(error) || records.length < 2) throw error;
  }
  return records;
};

const beginning = async (path: string): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const readThrough = async (path: string, name: string, gzip: boolean) => {
  const watch = watchEncoding(name);
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of openBytes({ path, name, gzip })) {
    watch.see(chunk);
    bytes += chunk.length;
    if (headBytes < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - headBytes);
      head.push(part);
      headBytes += part.length;
    }
    tail =
      chunk.length >= TAIL_BYTES
        ? Buffer.from(chunk.subarray(-TAIL_BYTES))
        : Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
  }
  return { encoding: watch.finish(), head: Buffer.concat(head), tail, bytes };
};

const tooLong = (name: string, line: number) =>
  appError('unprocessable', {
    message: `${name}, line ${line}: this line is longer than ${HEAD_BYTES} bytes. Is this a CSV file with line ends?`,
    details: { reason: 'record_too_long', file: name, line },
  });

const headerOf = (name: string, records: readonly (readonly string[])[], isCut: boolean): string[] => {
  const header = (records[0] ?? []).map((column) => column.trim());
  if (header.length > MAX_COLUMNS)
    throw refuse(
      name,
      'not_csv',
      `has ${header.length} columns in its first line, which is no table of orders.`,
    );
  if (header.filter((column) => column !== '').length < 2) {
    throw refuse(
      name,
      'not_csv',
      'has no header line with column names. The first line must name the columns.',
    );
  }
  if (records.length < 2 && isCut) throw tooLong(name, 2);
  if (records.length < 2) throw refuse(name, 'empty_file', 'has a header line and nothing below it.');
  if (hasPackedItems(header)) {
    throw refuse(
      name,
      'packed_items',
      'holds all items of an order in one cell. Export it again with one row per item.',
    );
  }
  return header;
};

/**
 * Reads a file once from end to end: is it text, in which encoding, with which delimiter, what do its first and last
 * records look like.
 * @throws unprocessable with the reason: not_csv, unknown_encoding, empty_file, record_too_long, broken_gzip.
 */
export const inspectFile = async (path: string, name: string): Promise<InspectedFile> => {
  const gzip = isGzip(await beginning(path));
  const { encoding, head, tail, bytes } = await readThrough(path, name, gzip);
  if (bytes === 0) throw refuse(name, 'empty_file', 'is empty.');
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(head, { stream: bytes > HEAD_BYTES });
  if (/^\s*[{[<]/u.test(text))
    throw refuse(name, 'not_csv', 'is JSON, HTML or XML, not CSV. Export it as CSV and send it again.');
  const isCut = bytes > HEAD_BYTES;
  if (isCut && !/[\r\n]/u.test(text)) throw tooLong(name, 1);
  const delimiter = guessDelimiter(text);
  if (delimiter === null) {
    throw refuse(
      name,
      'not_csv',
      'is not CSV: no comma, semicolon, tab or bar separates columns in its first line.',
    );
  }
  const lastLineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  const records = await recordsOf(isCut ? text.slice(0, lastLineEnd + 1) : text, { name, delimiter });
  const header = headerOf(name, records, isCut);
  const sample = records.slice(1, HEAD_RECORDS + 1);
  if (isCut) {
    const end = new TextDecoder(encoding).decode(tail);
    const last = await recordsOf(end.slice(end.indexOf('\n') + 1), { name, delimiter }).catch(() => []);
    sample.push(...last.slice(-TAIL_RECORDS).filter((record) => record.length === header.length));
  } else if (records.length > HEAD_RECORDS + 1)
    sample.push(...records.slice(HEAD_RECORDS + 1).slice(-TAIL_RECORDS));
  return { path, name, gzip, encoding, delimiter, header, sample };
};
