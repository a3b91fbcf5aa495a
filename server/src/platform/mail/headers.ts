import { appError } from '#platform/errors';

// Nothing below space, and no DEL: a CR or LF would start a header of the attacker's choice (E-15).
const CONTROL = /[\p{Cc}]/u;
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;

/** Header fields that the composer writes itself; a caller may not set them a second time. */
const RESERVED = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'sender',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'dkim-signature',
]);

export const refuseHeader = (field: string, problem: string): never => {
  throw appError('unprocessable', {
    message: `The header "${field.replace(/[^\x20-\x7e]/g, '?')}" ${problem}.`,
    details: { reason: 'invalid_header', field },
  });
};

export const checkHeaderText = (field: string, value: string): string => {
  if (CONTROL.test(value)) {
    return refuseHeader(field, 'contains a line break or another control character');
  }
  return value;
};

const encodeOne = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

/**
 * RFC 2047: encoded words of at most 75 characters, each a whole number of characters (section 5). 45 octets of
 * text give 60 of base64 and 72 in all.
 */
export const encodeWords = (text: string): string => {
  const words: string[] = [];
  let current = '';
  let size = 0;
  for (const character of text) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > 45) {
      words.push(encodeOne(current));
      current = '';
      size = 0;
    }
    current += character;
    size += bytes;
  }
  words.push(encodeOne(current));
  return words.join(' ');
};

const needsEncoding = (text: string): boolean =>
  /[^\x20-\x7e]/.test(text) || text.includes('=?') || /(^ | $| {2})/.test(text) || /[^ ]{70}/.test(text);

export const encodeText = (text: string): string => (needsEncoding(text) ? encodeWords(text) : text);

export const encodeDisplayName = (name: string): string => {
  if (needsEncoding(name)) {
    return encodeWords(name);
  }
  return /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
};

/** Breaks at spaces only, near 76 columns (RFC 5322 section 2.1.1); a URL stays in one piece. */
export const fold = (field: string, value: string): string => {
  let line = `${field}:`;
  let folded = '';
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > 76 && line.length > field.length + 1) {
      folded += `${line}\r\n`;
      line = '';
    }
    line += ` ${word}`;
    if (line.length > 990) {
      return refuseHeader(field, 'has a word that is too long for a line of a message (998 octets)');
    }
  }
  return folded + line;
};

/**
 * Fields with addresses in them (RFC 2369) are structured: an encoded word there would be no address any more, however
 * long it is (RFC 2047 section 5). Only what is not ASCII is encoded.
 */
const encodeField = (value: string): string =>
  /[^\x20-\x7e]/.test(value) || value.includes('=?') ? encodeWords(value) : value;

/** One checked and folded line per extra header, in the caller's order. */
export const customHeaders = (headers: Readonly<Record<string, string>>): string[] => {
  const seen = new Set<string>();
  return Object.entries(headers).map(([name, value]) => {
    const key = name.toLowerCase();
    if (!FIELD_NAME.test(name)) {
      return refuseHeader(name, 'is not a valid header name');
    }
    if (RESERVED.has(key) || seen.has(key)) {
      return refuseHeader(name, 'is set twice');
    }
    seen.add(key);
    return fold(name, encodeField(checkHeaderText(name, value)));
  });
};
