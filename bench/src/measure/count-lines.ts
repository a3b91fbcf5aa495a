import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const LF = 0x0a;
const QUOTE = 0x22;

/**
 * Records below the header of a CSV file whose records end in LF or CR LF: line ends outside quotes, each with
 * something before it. A count of its own, so that the importer's can be held against it.
 */
export const countRecords = (path: string): number => {
  const stored = readFileSync(path);
  const bytes = path.endsWith('.gz') ? gunzipSync(stored) : stored;
  let records = 0;
  let quoted = false;
  let length = 0;
  for (const byte of bytes) {
    if (byte === QUOTE) quoted = !quoted;
    if (byte !== LF || quoted) {
      if (byte > 0x20) length += 1;
      continue;
    }
    if (length > 0) records += 1;
    length = 0;
  }
  if (length > 0) records += 1;
  return Math.max(records - 1, 0);
};
