/** Four unsigned 32-bit words of a 128-bit hash. */
export type Hash128 = readonly [number, number, number, number];

const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r));

const fmix = (x: number): number => {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

const mix1 = (k: number): number => Math.imul(rotl(Math.imul(k, 0x239b961b), 15), 0xab0e9789);
const mix2 = (k: number): number => Math.imul(rotl(Math.imul(k, 0xab0e9789), 16), 0x38b34ae5);
const mix3 = (k: number): number => Math.imul(rotl(Math.imul(k, 0x38b34ae5), 17), 0xa1e38b93);
const mix4 = (k: number): number => Math.imul(rotl(Math.imul(k, 0xa1e38b93), 18), 0x239b961b);

/**
 * MurmurHash3_x86_128 (Austin Appleby, public domain): 32-bit multiplications only, so it is fast in plain JavaScript
 * and gives the same words in any language. Not a cryptographic hash.
 *
 * `length` bytes of `bytes` are hashed; `bytes` must have room for `length` rounded up to 16, and what lies between is
 * read as zero and therefore must be zero.
 */
const murmurPadded = (bytes: DataView, length: number, seed: number): Hash128 => {
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  const whole = length & ~15;
  for (let i = 0; i < whole; i += 16) {
    h1 = (Math.imul(rotl(h1 ^ mix1(bytes.getInt32(i, true)), 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 = (Math.imul(rotl(h2 ^ mix2(bytes.getInt32(i + 4, true)), 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 = (Math.imul(rotl(h3 ^ mix3(bytes.getInt32(i + 8, true)), 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 = (Math.imul(rotl(h4 ^ mix4(bytes.getInt32(i + 12, true)), 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  // A zero word mixes to zero, so the padded tail needs no case per length.
  if (length > whole) {
    h1 ^= mix1(bytes.getInt32(whole, true));
    h2 ^= mix2(bytes.getInt32(whole + 4, true));
    h3 ^= mix3(bytes.getInt32(whole + 8, true));
    h4 ^= mix4(bytes.getInt32(whole + 12, true));
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = fmix((h2 + h1) | 0);
  h3 = fmix((h3 + h1) | 0);
  h4 = fmix((h4 + h1) | 0);
  h1 = fmix(h1);
  h1 = (h1 + h2 + h3 + h4) | 0;
  return [h1 >>> 0, (h2 + h1) >>> 0, (h3 + h1) >>> 0, (h4 + h1) >>> 0];
};

const roundUp = (length: number): number => (length + 15) & ~15;

/** Hash of bytes. Cost: about 1 ns a byte, and a copy unless the length is a multiple of 16. */
export const murmur3 = (bytes: Uint8Array, seed = 0): Hash128 => {
  if (bytes.length % 16 === 0)
    return murmurPadded(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes.length, seed);
  const padded = new Uint8Array(roundUp(bytes.length));
  padded.set(bytes);
  return murmurPadded(new DataView(padded.buffer), bytes.length, seed);
};

const encoder = new TextEncoder();
const scratch = new Uint8Array(256);
const scratchView = new DataView(scratch.buffer);

/**
 * Hash of a string's UTF-8 bytes.
 *
 * @example murmur3OfText('hello') // [0x2b2444a0, 0xdb91def7, 0x9adb31b6, 0x9adb31b6]
 */
export const murmur3OfText = (text: string, seed = 0): Hash128 => {
  const length = text.length;
  if (length > scratch.length) return murmur3(encoder.encode(text), seed);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return murmur3(encoder.encode(text), seed);
    scratch[i] = unit;
  }
  scratch.fill(0, length, roundUp(length));
  return murmurPadded(scratchView, length, seed);
};
