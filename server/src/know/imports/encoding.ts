import { appError } from '#platform/errors';

export type Encoding = 'utf-8' | 'windows-1252';

/** Formats that people send by mistake, by their first bytes: what to say instead of "not CSV". */
const foreignFormats: readonly { readonly bytes: readonly number[]; readonly is: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: 'an Excel workbook or a ZIP archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel workbook' },
  { bytes: [0x1f, 0x8b], is: 'compressed twice' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], is: 'a JPEG image' },
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file' },
];

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

const notCsv = (file: string, is: string) =>
  appError('unprocessable', {
    message: `${file} is ${is}, not CSV. Save it as "CSV UTF-8" and send it again.`,
    details: { reason: 'not_csv', file },
  });

/** Control characters other than tab, line feed, form feed and carriage return never occur in text. */
const isControl = (byte: number): boolean =>
  byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13;

/**
 * Watches a whole file, chunk by chunk, and says how its bytes are to be read. Deciding on the first kilobytes alone
 * would take a long file with one late "é" for UTF-8 and lose that letter.
 */
export interface EncodingWatch {
  readonly see: (chunk: Uint8Array) => void;
  readonly finish: () => Encoding;
}

export const watchEncoding = (file: string): EncodingWatch => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let isFirst = true;
  const decode = (chunk?: Uint8Array): void => {
    if (!isUtf8) return;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      isUtf8 = false;
    }
  };
  return {
    see: (chunk) => {
      if (isFirst && chunk.length > 0) {
        isFirst = false;
        refuseForeign(file, chunk);
      }
      if (chunk.includes(0)) throw notCsv(file, 'a binary file');
      decode(chunk);
    },
    finish: () => {
      decode();
      return isUtf8 ? 'utf-8' : 'windows-1252';
    },
  };
};

const refuseForeign = (file: string, head: Uint8Array): void => {
  const foreign = foreignFormats.find((format) => startsWith(head, format.bytes));
  if (foreign !== undefined) throw notCsv(file, foreign.is);
  const zeros = [0, 0];
  const sample = head.subarray(0, 4096);
  let controls = 0;
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
    else if (isControl(byte)) controls += 1;
  });
  const [even = 0, odd = 0] = zeros;
  const utf16 = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  if (utf16 || even > sample.length / 4 !== odd > sample.length / 4) {
    throw appError('unprocessable', {
      message: `${file} is written in UTF-16, which is not read here. Save it as "CSV UTF-8" and send it again.`,
      details: { reason: 'unknown_encoding', file },
    });
  }
  if (even + odd > 0 || controls > sample.length / 100) throw notCsv(file, 'a binary file');
};
