import { existsSync, readFileSync } from 'node:fs';

/** One message that the sink took: written and on the disk before anybody was answered. */
export interface JournalEntry {
  readonly at: string;
  /** The part of Message-ID before the @: the id of the send. */
  readonly sendId: string;
  readonly recipient: string;
  /** Of everything after the headers. */
  readonly bodySha256: string;
  /** Lower-case names; a header that comes several times has several values. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

export const readJournal = (path: string): readonly JournalEntry[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as JournalEntry)
    : [];
